"""The words that documents use in English, German, French and Spanish, and some of their neighbours. Pure.

Other languages are read by their structure: digits, bands, order. A word stands here in the form in which it is
compared: lower case, one blank between words.
"""

# How good a level's words say that it is, from 1 (worst) to 5 (best). What lies between says which of two neighbours
# is the better one; the set that a word stands in decides about its level.
RANKS: dict[str, dict[float, str]] = {
    "en": {
        1: "poor|very poor|bad|unsatisfactory|unacceptable|not acceptable|inadequate|insufficient|weak|very weak|low"
        "|very low|below|below bar|below expectations|below standard|far below|well below|does not meet|do not meet"
        "|did not meet|doesn't meet|does not yet meet|not meeting|fails|fail|fails to meet|lacking|no evidence"
        "|not demonstrated|not evident|no skill|none|strong no|strong no hire|definitely not|definite no"
        "|definitely no|novice|beginner|beginning|unskilled|misses|unqualified|never|rarely|not at all|red"
        "|strongly disagree|no understanding|major concerns|significant concerns|not qualified|unsuitable"
        "|unfavorable|unfavourable|ineffective|strong reject|not suitable"
        "|no credit|not met|unmet|not yet|not yet there|not there yet|not ready|struggled|struggles|struggling|off track"
        "|high risk|serious concerns|absent|disappointing|unconvincing|underwhelming|no signal|missed|not observed|thumbs down"
        "|not convincing|stuck|missing|clear no|deficient|a lot of help|lots of help|much help|heavy help",
        2: "fair|marginal|needs improvement|requires improvement|need improvement|needs development|needs work|developing|partially meets"
        "|partly meets|partial|partially|partly|below average|limited|basic|emerging|borderline|minimal|some evidence"
        "|weak evidence|lean no|leaning no|no|no hire|approaching|approaching expectations|nearly meets"
        "|approaches|inconsistent|occasionally|questionable|elementary|advanced beginner|foundational|disagree"
        "|some concerns|minor concerns|mostly not|reject|slightly below|somewhat below|yellow|needs support"
        "|partial credit|partly met|partially met|not yet met|not fully met|getting there|with help|with support|with hints"
        "|some help|needed help|superficial|shallow|surface level|almost there|nearly there|nearly|seldom|hesitant|thin"
        "|in progress|some signal|concern|concerns|ok with help|minimal evidence|weak signal",
        3: "average|meets|met|meet|meeting|meets bar|meets expectations|meets standard|at bar|on bar|at standard"
        "|satisfactory|acceptable|adequate|competent|solid|moderate|medium|mid|middle|sufficient|neutral|mixed"
        "|intermediate|sometimes|expected|pass|fully meets|qualified|ok|okay|neither agree nor disagree|capable"
        "|practitioner|on target|as expected|undecided|no decision|standard|suitable|effective|maybe|on track|fine|decent"
        "|reasonable|medium risk|moderate risk|working knowledge|baseline|moderate evidence|sufficient evidence|ok signal|at the bar|meets the bar|on the bar|observed|demonstrated|evident",
        3.3: "proficient|mostly meets",
        3.7: "good|favorable|favourable",
        4: "very good|strong|above average|above|advanced|accomplished|skilled|lean yes|leaning yes|yes|hire|usually"
        "|often|more than meets|great|agree|very competent|highly competent|highly qualified|well qualified|frequently"
        "|green|above standard|highly effective|very effective|lean hire|ready|ready now|independent|independently|unaided"
        "|without help|no help|without any help|confident|convincing|significant|significant evidence|substantial|strong evidence|promising|deep"
        "|no concerns|low risk|thumbs up|merit|with merit|credit|well above|on my own|strong signal|clear yes",
        4.6: "beyond|exceeds|exceed|exceeding|exceeds bar|exceeds expectations|above bar|above expectations|raises the bar"
        "|high|fully proficient|highly proficient",
        5: "excellent|outstanding|exceptional|superior|exemplary|expert|mastery|master|mastered|superb|strong yes"
        "|strong hire|definitely yes|definite yes|definitely|very strong|very high|far exceeds|greatly exceeds"
        "|significantly exceeds|consistently exceeds|always|world class|role model|distinguished"
        "|excels|strongly agree|remarkable|fully competent|ideal|impressive|highest|bar raiser|full credit|wow|amazing"
        "|awesome|brilliant|stellar|nailed it|nails it|delighted|thriving|surpasses|goes beyond|above and beyond"
        "|extensive evidence|comprehensive|shines|blows us away|extremely effective|standout|a standout|distinction|high distinction|with distinction|above the bar|fully observed|fully demonstrated|clearly demonstrated|fully evident",
    },
    "de": {
        1: "ungenügend|unzureichend|nicht erfüllt|schlecht|schwach|sehr schwach|unbefriedigend|niedrig|sehr niedrig"
        "|gering|trifft nicht zu|trifft gar nicht zu|nicht erkennbar|anfänger|nicht vorhanden|sehr gering"
        "|deutlich unter den erwartungen|nicht ausreichend|auf keinen fall|inakzeptabel|rot|nicht überzeugend|noch nicht"
        "|nie|kein hinweis|unsicher",
        1.4: "mangelhaft|unter den erwartungen|unter erwartung|unter den anforderungen",
        2: "ausreichend|teilweise erfüllt|verbesserungswürdig|ausbaufähig|entwicklungsbedarf|unterdurchschnittlich"
        "|bedingt|trifft kaum zu|grundkenntnisse|teilweise|eher schwach|trifft eher nicht zu|eher nein|nein"
        "|entwicklungsfähig|gelb|wenig überzeugend|auf dem weg|selten|mit hilfe|kaum",
        3: "befriedigend|durchschnittlich|durchschnitt|erfüllt|entspricht|mittel|mittelmässig|angemessen|solide"
        "|teils teils|zufriedenstellend|entspricht den erwartungen|entspricht den anforderungen|genügend|manchmal",
        3.8: "gut|trifft eher zu|eher ja|ja",
        4: "überdurchschnittlich|stark|fortgeschritten|voll erfüllt|grün|überzeugend|sicher|oft|selbstständig|häufig",
        4.6: "übertroffen|übertrifft|übertrifft die erwartungen|hoch|über den erwartungen|sehr gut",
        5: "hervorragend|ausgezeichnet|exzellent|herausragend|sehr hoch|experte|trifft voll zu|weit übertroffen"
        "|sehr stark|weit über den erwartungen|unbedingt|überragend|trifft völlig zu|sehr überzeugend|immer|souverän"
        "|vorbildlich",
    },
    "fr": {
        1: "insuffisant|insuffisante|insatisfaisant|insatisfaisante|faible|très faible|inacceptable|mauvais|mauvaise"
        "|non acquis|inférieur aux attentes|en dessous des attentes|en dessous|médiocre|débutant|ne répond pas"
        "|très insuffisant|non démontré|pas du tout|ne répond pas aux attentes|rouge|jamais|non maîtrisé|pas encore",
        2: "passable|à améliorer|partiel|partielle|partiellement|en cours d'acquisition|à développer|limité"
        "|partiellement acquis|en développement|répond partiellement|plutôt non|non|moyen faible|orange|peu satisfaisant"
        "|à consolider|rarement|parfois|en cours|avec aide",
        3: "moyen|moyenne|satisfaisant|satisfaisante|acceptable|conforme|conforme aux attentes|suffisant|répond"
        "|répond aux attentes|correct|acquis|intermédiaire|assez bien",
        3.8: "bien|bon|bonne|plutôt oui|oui",
        4: "très bien|très bon|très bonne|fort|forte|supérieur|au dessus|avancé|maîtrisé|confirmé|vert|verte|souvent"
        "|très satisfaisant|très satisfaisante|autonome",
        4.6: "dépasse|dépasse les attentes|supérieur aux attentes|élevé|au dessus des attentes",
        5: "excellent|excellente|exceptionnel|exceptionnelle|remarquable|expert|très élevé|tout à fait"
        "|dépasse largement|toujours|exemplaire",
    },
    "es": {
        1: "insuficiente|deficiente|malo|mala|muy malo|inaceptable|bajo|muy bajo|no cumple|débil|insatisfactorio|pobre"
        "|muy deficiente|por debajo|por debajo de lo esperado|no demostrado|nunca|principiante|rojo|todavía no|aún no",
        2: "regular|mejorable|a mejorar|necesita mejorar|en desarrollo|parcialmente|cumple parcialmente|básico|limitado"
        "|a veces|requiere mejora|amarillo|en proceso|casi nunca|con ayuda",
        3: "medio|media|satisfactorio|aceptable|cumple|cumple las expectativas|suficiente|adecuado|promedio|intermedio"
        "|dentro de lo esperado|competente",
        3.7: "bueno|buena|bien",
        4: "muy bueno|muy bien|notable|avanzado|fuerte|sólido|verde|casi siempre|a menudo|autónomo",
        4.6: "supera|supera las expectativas|alto|por encima|por encima de lo esperado",
        5: "excelente|sobresaliente|excepcional|destacado|experto|muy alto|siempre|supera ampliamente",
    },
    "it": {
        1: "insufficiente|scarso|inadeguato|non adeguato",
        2: "mediocre|parziale|da migliorare",
        3: "sufficiente|adeguato|nella media",
        3.7: "buono|discreto",
        5: "ottimo|eccellente",
    },
    "nl": {
        1: "onvoldoende|slecht|zwak",
        2: "matig|ontwikkelpunt",
        3: "voldoende|gemiddeld",
        3.7: "goed",
        4: "zeer goed|ruim voldoende",
        5: "uitstekend",
    },
    "pt": {
        1: "fraco|mau|não atende|ruim",
        2: "razoável|atende parcialmente",
        3: "atende|médio",
        3.7: "bom|boa",
        4: "muito bom",
        5: "ótimo|supera as expectativas",
    },
}
# Words around a level's own that change nothing about it.
FILLERS = (
    "the a an of is are to as with what looks look like for in it this and or does bar expectation expectations"
    " requirement requirements standard standards performance level rating score scoring grade answer answers response"
    " responses candidate candidates hire evidence demonstration example examples rated overall skill skills knowledge"
    " indicator indicators behaviour behaviours behavior behaviors role job understanding consistently fully all most"
    " description descriptor anchor anchors ability points point pts hiring match fit yet flag flags experience"
    " competence competency criteria criterion required minimum some clear demonstrates demonstrated shows shown"
    " stufe note bewertung leistung erwartung erwartungen den die der anforderung anforderungen antwort antworten wert"
    " niveau réponse réponses les le la aux attentes des niveau échelon"
    " nivel respuesta respuestas desempeño las los expectativas de lo esperado"
)

# Choices beside the levels that say that nothing was rated.
NOT_RATED = (
    r"not applicable(?: for this \w+)?|n\s?/\s?a|(?:unable|impossible) to (?:judge|evaluate|assess|rate|say)|cannot (?:judge|say|rate)"
    r"|not (?:rated|assessed|tested|covered|discussed)|did not (?:assess|cover)|no basis(?: for judg(?:e)?ment)?|don['’]?t know"
    r"|insufficient information|keine angabe|nicht (?:beurteilbar|bewertet|geprüft)|non évalué|sans objet|non applicable"
    r"|no aplica|no evaluado|no observado"
)

# Nouns before a number that count people, questions and the like, and no levels.
PEOPLE = (
    "candidate|applicant|interviewee|interviewer|panelist|panellist|panel member|rater|evaluator|assessor|reviewer"
    "|judge|member|person|bewerber|bewerberin|kandidat|kandidatin|interviewer|prüfer|beobachter|gutachter"
    "|candidat|candidate|évaluateur|recruteur|juré|candidato|candidata|entrevistador|evaluador|kandidaat"
)
QUESTIONS = (
    "question|q|prompt|scenario|exercise|task|test|frage|aufgabe|übung|exercice|pregunta|ejercicio|vraag|domanda"
)
TIMES = (
    "round|interview|stage|session|day|week|month|year|quarter|phase|step|attempt|version|runde|gespräch|tag|woche"
    "|monat|jahr|schritt|tour|entretien|étape|jour|semaine|mois|ronda|entrevista|etapa|día|semana|mes|año"
)
GRADES = (
    r"junior|senior|staff|principal|mid[ -]?level|mid[ -]?senior|entry[ -]?level|intern(?:ship)?|graduate|associate"
    r"|lead|head of|director|vice president|vp|manager|fellow|architect|(?:l|ic|e|p|m|t|sde|swe)[ -]?\d{1,2}"
    r"|band[ -]?\d{1,2}(?!\s*[-–—]\s*\d)"
    r"|sde i{1,3}|engineer (?:i{1,3}|iv|v|\d)|berufseinsteiger|leitung|alternant|semi[ -]?senior"
    r"|practicante|becario"
)
# Grades for certain: the others of the list above are also said of levels.
SURE_GRADES = (
    r"junior|senior|staff|principal|mid[ -]?level|entry[ -]?level|intern(?:ship)?|director|vp|vice president"
    r"|(?:ic|sde|swe)[ -]?\d{1,2}|sde i{1,3}|engineer (?:i{1,3}|iv|v|\d)|berufseinsteiger|semi[ -]?senior|becario"
)
WEIGHTS = r"weight(?:ing|age)?s?|gewicht(?:ung)?|poids|pondération|peso|ponderación"
POINTS = r"pts?|points?|punkte?|punkten|puntos?|punti|punten|pontos?|marks?"

# What a table's columns are called.
DIMENSION_HEADS = (
    r"\bkriteri(um|en)\b|\bkompetenz(en)?\b|\bdimension(en)?\b|\bcrit[èe]res?\b|\bcomp[ée]tences?\b"
    r"|\bcriterios?\b|\bcompetencias?\b|\bdimensi[oó]n(es)?\b|\bcriteri(o)?\b|\bcompetenz[ae]\b|\bcompetências?\b|\bcritérios?\b|\bcompetenties?\b"
)
OTHER_DIMENSION_HEADS = (
    r"\bmerkmale?\b|\bbereich\b|\bkategorie\b|\bfähigkeit(en)?\b|\banforderung(en)?\b|\bthema\b|\bdomaines?\b"
    r"|\bcat[ée]gories?\b|\baptitudes?\b|\bqualit[ée]s?\b|\bcategor[íi]as?\b|\bapartados?\b|\bhabilidad(es)?\b|\baspectos?\b"
    r"|\b[áa]reas?\b|\bskills\b|\battributes\b|\bfactors?\b|\btraits?\b|\bqualit(y|ies)\b|\brequirements?\b"
    r"|\bvalues?\b|\belements?\b|\bcategories\b|\bareas\b|\bindicators?\b|\bbehaviou?rs?\b|\bcapabilit(y|ies)\b"
    r"|\baspects?\b|\btopics?\b|\bprinciples?\b|\bevaluation items?\b|\bwhat we (assess|check|score|rate)\b"
)
# What a line below a question calls the dimension that it is about.
TESTED_NOUNS = (
    "competency|competence|competencies|skills?|criterion|dimension|values?|attribute|quality|capability|behaviou?r|trait"
    "|kompetenz|kriterium|merkmal|anforderung|compétence|critère|competencia|criterio"
)
LEVEL_HEADS = (
    r"levels?|ratings?|(?:rating|score|level) values?|scores?|scale|grade|points?|marks?|rank|rating level|performance level|proficiency|proficiency level"
    r"|stufen?|bewertung|punkte?|note|skala|niveaux?|notes?|échelle|échelon|nivel(es)?|puntuación|puntos|escala"
    r"|calificaci[oó]n|valoraci[oó]n|appréciation|nota"
)
MEANING_HEADS = (
    r"definitions?|descriptions?|meaning|descriptors?|explanation|what it means|behaviou?rs?|behaviou?ral (?:example|"
    r"indicator|anchor)s?|indicators?|examples?|example behaviou?rs?|label|criteria|anchors?|evidence|guidance|details?"
    r"|what it looks like|looks like|name|rating|definition(?:en)?|beschreibung|bedeutung|beispiele?|merkmale|d[ée]finition"
    r"|signification|exemples?|comportements?|definici[oó]n|descripci[oó]n|significado|ejemplos?|indicadores"
    r"|guidelines?|benchmarks?|comportements? observés?|beobachtung(?:en)?|conducta observada"
    r"|signals?|what (?:you|we) (?:see|hear)|text|value|anzeichen|decision|action|recommendation|typical answers?|answers?|response"
)
SCORE_HEADS = (
    r"\bscores?\b|\bratings?\b|\bpoints\b|\brate\b|\bmarks?\b|\bcomments?\b|\bnotes?\b|\bevidence\b|\bremarks?\b"
    r"|\bbewertung\b|\bpunkte\b|\bbemerkung(en)?\b|\bkommentare?\b|\bnotizen\b|\bcommentaires?\b|\bobservations?\b"
    r"|\bpuntuación\b|\bpuntaje\b|\bcomentarios?\b|\bobservaciones\b|\bnota\b|\bcalificaci[oó]n\b"
)

# What stands before the name of a dimension in its heading.
DIMENSION_PREFIXES = (
    "competency|competence|competencies|criterion|criteria|dimension|skill|area|attribute|trait|value|factor|quality|category"
    "|behaviou?r|principle|capability|element|scenario|situation|verhalten|comportement|comportamiento"
    "|topic|rubric|question|anforderung|exigence|requisito|kompetenz|kriterium|merkmal|compétence|critère|aptitude|competencia|criterio|habilidad"
)

# What headings call the parts of hiring.
SCORECARD_HEADINGS = (
    r"\bbewertung(s(bogen|matrix|raster|skala|kriterien))?\b|\bkriterien\b|\bgrille d['’ ]?(évaluation|entretien)\b"
    r"|\bcritères\b|\bévaluation\b|\brúbrica\b|\bcriterios\b|\bhoja de (evaluación|puntuación)\b|\bevaluación\b"
)
SHEETS = (
    r"\bscore ?-?(card|sheet|form)s?\b|\bi?rubrics?\b|\b(evaluation|assessment|feedback|rating|ranking|interview|appraisal|grading)"
    r" (form|sheet|matrix|grid|template|card|rubric|record|pack|booklet|checklist|worksheet)s?\b|\bmarking (sheet|scheme|grid|guide)s?\b"
    r"|\b(assessors?|observers?|interviewers?|panel) (form|sheet|guide|scorecard)s?\b"
    r"|\bscreen(ing)?( call| interview)? (form|sheet|guide|matrix|checklist|questions)\b"
    r"|\b(trial|shift|skills?|values?|panel) assessments?\b|\b(rating (scale|guide)|grading guide)s?\b|\bcompetenc(y|ies) (framework"
    r"|matrix|model|guide)\b|\bscoring (guide|matrix|sheet|grid|form|criteria)\b|\b(structured|competency[- ]based|behaviou?ral) interview\b"
    r"|\binterview (guide|kit|plan|questions|scoring|evaluation|assessment|feedback|packet)\b"
    r"|\b(hiring|selection|candidate) (matrix|criteria|evaluation|assessment|feedback|form)\b|\bbars\b"
    r"|\bassessment[- ]?cent(?:re|er)s?\b"
    r"|\b(bewertungs|beurteilungs|interview)-?(bogen|matrix|raster|leitfaden)\b|\bauswahlgespräch\b"
    r"|\bvorstellungsgespräch\b|\bgrille\b|\bfiche d['’ ]évaluation\b|\bguide d['’ ]entretien\b"
    r"|\brúbrica\b|\b(hoja|formulario|formato|ficha|guía|pauta) de (evaluación|puntuación|entrevista)\b|\bmatriz\b|\bbaremo\b"
    r"|\btrame d['’ ]entretien\b|\broteiro de entrevista\b|\bscheda di valutazione\b|\bbeoordelingsformulier\b"
)
FOCUS_HEADINGS = r"\bwas (wir|zu) (bewerten|prüfen)\b|\bce que nous évaluons\b|\bqué (evaluar|evaluamos)\b"
EXERCISE_HEADINGS = (
    r"\bübung(en)?\b|\brollenspiele?\b|\bjeux? de rôles?\b|\bjuegos? de rol(es)?\b"
    r"|\bfallstudien?\b|\barbeitsproben?\b|\bexercices?\b|\bétudes? de cas\b|\bmises? en situation\b"
    r"|\bejercicios?\b|\b(casos?|supuestos?) prácticos?\b|\bprueba práctica\b"
)
# What is seen and heard of a candidate: strong where it is called positive, weak where negative.
SEEN = r"(verhaltensanker|verhaltensweisen?|verhalten|anker|indikator(en)?|anzeichen|signale?|hinweise?|beispiele?|beobachtungen)"
POSITIVE_SIGNS = (
    rf"\b(positive|gute|starke|wünschenswerte|erwünschte) {SEEN}\b|\b(indicateurs|signes|comportements) positifs\b"
    r"|\b(indicadores|señales|signos) positiv[oa]s\b|\bconductas positivas\b"
)
NEGATIVE_SIGNS = (
    rf"\b(negative|schlechte|schwache|unerwünschte) {SEEN}\b|\b(indicateurs|signes|comportements) négatifs\b"
    r"|\b(indicadores|señales|signos) negativ[oa]s\b|\bconductas negativas\b"
)
RED_FLAG_HEADINGS = (
    r"\bausschlusskriteri(um|en)\b|\bwarnsignale?\b|\bsignaux d['’ ]alerte\b|\b(points|critères) (rédhibitoires|éliminatoires)\b"
    r"|\bmotifs (éliminatoires|d['’ ]exclusion)\b"
    r"|\b(criterios|motivos|causas) (excluyentes|de exclusión)\b|\bseñales de (alarma|alerta)\b|\bbanderas rojas\b"
)
WEAK_HEADINGS = (
    r"\bschwache (antwort|signal|anzeichen)\w*|^\W*schwächen\W*$|\bsignaux faibles\b|\bréponses? faibles?\b"
    r"|^\W*points faibles\W*$|\brespuestas? débil(es)?\b|\bseñales débiles\b|^\W*debilidades\W*$"
    rf"|{NEGATIVE_SIGNS}"
)
STRONG_HEADINGS = (
    r"\bstarke (antwort|signal|anzeichen)\w*|\bgute antwort\w*|^\W*stärken\W*$|\bsignaux forts\b"
    r"|\bbonnes? réponses?\b|^\W*points forts\W*$|\b(buenas?|fuertes?) respuestas?\b|\brespuestas? fuertes?\b"
    rf"|\bseñales fuertes\b|^\W*fortalezas\W*$|{POSITIVE_SIGNS}"
)
RATING_REQUESTS = (
    r"\b(rate|score|assess|evaluate|grade)\b.{0,60}\b(each|every|following|candidate|below|from|on a scale|dimension"
    r"|criteri|competenc|attribute|area|1|0)|\b(rating|scoring) scale\b|\bbewerten sie\b|\bskala von\b"
    r"|\b(évaluez|notez|attribuez)\b|\b(evalúe|califique|puntúe|valore)\b|\bstrong yes\b|\bscale\s*:"
)
QUESTION_HEADINGS = r"\b(interview)?fragen\b|\bfragenkatalog\b|\bpreguntas?\b"

# The words of titles that name a form and no role.
FORM_WORDS = (
    "a an and for of the to with our your interview interviews interviewer interviewing candidate candidates applicant"
    " job hiring recruitment employment selection panel structured behavioural behavioral behaviourally behaviorally"
    " anchored competency competencies based evaluation assessment feedback scoring rating score scorecard scorecards"
    " scoresheet sheet card rubric rubrics form guide guideline guidelines matrix grid template scale kit questions"
    " questionnaire criteria framework process bewertungsbogen beurteilungsbogen bewertungsmatrix interviewleitfaden"
    " interviewbogen leitfaden bogen vorstellungsgespräch vorstellungsgespräche bewerbungsgespräch auswahlgespräch"
    " strukturiertes strukturierte interview bewertung für das den die der zum im grille fiche guide évaluation entretien"
    " entretiens embauche recrutement candidat candidats de du des d l la le les et pour rúbrica hoja ficha formulario"
    " guía matriz evaluación entrevista entrevistas candidato candidatos selección puntuación y para el del"
)
# What stands before the role's name in a form.
POSITIONS = (
    r"(?:job |position |role )?title|(?:open |vacant |applied )?position(?: applied for| title)?|role|vacancy|post|job"
    r"|stelle(?:nbezeichnung)?|funktion|vakanz|poste(?: à pourvoir)?|intitulé du poste|puesto|cargo|vacante"
)
