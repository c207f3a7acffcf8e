"""Words and letters that decide what of a name stands for a person. Pure: nothing but data."""

import unicodedata

# Addresses of a role name nobody, and these words stand in every rubric.
ROLE_WORDS = frozenset({"admin", "administrator", "candidate", "hiring", "interviewer", "manager", "recruiter"})

# Titles and degrees, without their full stops. They stand beside names and are none, wherever and however they are
# written.
TITLES = frozenset(
    """
    mr mrs ms mx miss sir madam dr prof professor rev hon esq herr frau hr fr dipl ing mag med habil rer nat
    phil hc univ pol jur oec mme mlle mgr monsieur madame sr sra srta dra dott dottssa sig sigra ir drs doc phdr
    judr mudr rndr phd dphil edd scd dsc msc mphil mba mres meng beng bsc bba llb llm jd pharmd dds dvm cpa cfa
    pmp cissp jr ii iii iv

    capt cmdr sgt revd esquire atty engr hj frcs frcp frcpath mrcp mrcs fcca ceng minstp mcipd fcipd drsc csc
    msw lcsw sphr bcom mcom btech mtech

    ddr dkfm stb doz univprof bakk bacc baccphil maga dhr mevr mw civing siving cand
    mtro mtra lcdo lcda abog arq dña exmo exma ilmo profa profª drª avv dottoressa profssa professoressa
    inż adw mvdr paeddr thdr bc doç yrd öğr gör arş uzm özv ifj tkt ktm otk
    skom mkom spd mpd ssi msi ths pgs

    д-р проф доц инж акад ктн дтн кэн дэн кфмн дфмн г-н г-жа др δρ καθ κοσ
    دكتور الدكتور دكتورة الدكتورة دکتر آقای
    ד"ר עו"ד פרופ' גב' פרופסור डॉ प्रो श्रीमती
    博士 教授 副教授 さん 様 さま 殿 氏 くん ちゃん 先生 女士 小姐 太太 老师 老師
    씨 님 교수 교수님 박사 박사님 선생 선생님
    นาย นาง นางสาว คุณ ดร
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# Degrees that are names as well (Yo-Yo Ma): they count as degrees only after a comma.
DEGREES = frozenset({"ba", "bs", "ma", "md", "ms", "mph", "do", "rn", "sj", "op", "qc", "kc"})
# Abbreviations that are names or words as well (Eng, Col, Maj): titles with a full stop only, or in small letters in a
# name with capitals.
ABBREVIATIONS = frozenset(
    """
    eng lic geom rag arch col gen maj lt adv er kum conf lect lek hab ks av op id dl
    dna dos fil tekn leg jur priv kfm inf wirt psych päd biol chem math phys volksw
    ök jun sen mus theol pr me gng bb ts gs ks rt
    """.split()  # noqa: SIM905 - as above
)
# Titles that are names as well (Pani, Haji): only as the first word.
LEADING_TITLES = frozenset(
    """
    pani haji hajah hajjah dato' datuk datin tun encik puan cik tuan bapak ibu
    ustadz ustad ustaz ustadzah ustazah kyai kiai raden smt shri shrimati thiru
    thirumathi docent dozent dozentin doctor doktor docteur dottore profesor
    profesora professorin professeur professore dame lady maître madam señor señora
    senhor senhora signor signora doña fru fröken herra rouva sayın ông bà пані
    госпожа господин κύριοσ κυρία السيدة خانم مهندس المهندس профессор מר श्री कुमारी
    """.split()  # noqa: SIM905 - as above
)
# Titles of two words, where the second alone, or the first, is a name as well (Sri Mulyani, Tan Wei).
LEADING_PAIRS = ("tan sri", "puan sri", "toh puan", "dato sri", "dato seri", "datuk sri", "datuk seri", "datin sri")
# The same for what is a title in capitals only: as the first word, and after two words or more of a name.
LEADING_CAPITALS = frozenset({"di", "pd"})
CAPITALS = frozenset(
    """
    obe mbe cbe kbe dbe rn rgn lpn dnp md mph acca cima frs frsa frse cpa ca dis di
    pe phr
    """.split()  # noqa: SIM905 - as above
)
# What stands at the end of a name without a space before it, and is none; and at the beginning.
TITLES_BEHIND = """
    先生 女士 小姐 老师 老師 副教授 教授 博士 さん さま くん ちゃん 様 殿 氏
    선생님 교수님 박사님 선생 교수 박사 씨 님
    """.split()  # noqa: SIM905 - as above
TITLES_BEFORE = "นางสาว นาง นาย คุณ".split()  # noqa: SIM905 - as above
# How people wish to be spoken of, as many write it after their name: (she/her).
PRONOUNS = frozenset(
    """
    pronoun pronouns she her hers he him his they them their theirs ze zir hir xe
    xem xyr ey em fae faer any all it its pronomen er ihn ihm sie ihr ihre dey deren
    denen elle elles il ils lui iel eux pronoms ella él ello ellos elle ela ele dela
    dele elu delu lei loro hij hem zij ze haar hen hun die diens han hon ham hende
    hans hendes hun henne den de dem hän hänen ona jej on jego ono oni ich one ji
    jeho jemu ő o onu он его ему она её ее ей они их им він його вона її вони αυτή
    αυτόσ היא הוא
    """.split()  # noqa: SIM905 - as above
)

# What joins the parts of a name. With a capital as its first or last word it is a part (Van Tran).
PARTICLES = frozenset(
    """
    af al av bin binti bint da dal dalla das de degli dei del della den der des di
    do dos du e el ibn la las le los op ten ter the to und van vom von y zu zum zur
    بن ابن بنت أبو ابو אבן בן בת
    """.split()  # noqa: SIM905 - a list of words reads better as words
)

# What stands before a name as a particle does, and is as often written on end with it (عبد الله and عبدالله).
JOINED_BEFORE = frozenset("mc mac abd abdul abdel abdal abu dela della vander vanden عبد أبو ابو".split())  # noqa: SIM905 - as above

# Names that are words of a language, too, in plain small letters. Case decides about them, and a person. Words that
# hardly stand in notes on an interview are left out: where a sentence begins, a listed name stays until it is ticked.
COMMON = frozenset(
    """
    able ada al alas an and angel april arm art august autumn ball bar beach bean
    bear bell best bill black blake blue bond boy branch brand brave brook brown
    case cash chance charity chase christian church clear cliff close coach cole
    cook cooper coral core cotton cross crystal daisy dans dash dawn day dean dear
    do does done draw drew early east easy else english ever fair faith fall field
    flower fort foster frank free french frost gene german gold golden good grace
    grant graves gray green grey guy hall hand hardy harmony has he head heart hill
    his hobby holiday honor hood hope house hunt in iris iron is it jade jasmine
    java jenkins job joy julia june just key kind king knight kit lake lance land
    lane law lee less little lock long lot love low lucky main major man march mark
    marks master max may me mean means mercy merit merry mike miles mill min mine
    mint mister moon morning my new news nice nick night norm north not ocean of oh
    on or our pace page park parks pascal pat patience paul phoenix pierce pitch
    plain plus pool poor pope pound price pride quick rain rand rank ray reader reef
    reason red rice rich ring rings river rivers rock roman rose round rowan ruby
    rule run runs rush russet sales salt sand sans say sea see seen seven sharp
    shell short silver single singer small smart snow so sparks speaker spring stark
    star steel step sterling stern still stone storm street strong sue summer sun
    sunny sure sweet swift tall test thus to top tower town tract travel true truth
    union up us van vers victory vice ward was waters way we webb well wells west
    wheeler white wild will wills win wing wins winner winter wise wolf wood woods
    word works wright yen yes you young berry cherry clay forest ginger noble olive
    pepper prince queen rod skip temple blunt born bright brisk fields keen moody
    strange ware worth

    als alt am bald blank blum braun breit bunt busch du eis er ernst es fein feld
    fest fluss frei freitag fremd freund ganz geist gern gross gut halb hart haus
    hell herbst hoch holz im ist jung kalt kamp kern klar klein klug kraft krank
    kurz lang laut lauter leer leicht licht lieb lohn mehr meist mild mittag monat
    montag mut ob ost rasch reich rein richter roth rot rund sanft scharf schade
    schlau schnell schon schwarz sehr seit selten sommer sonntag steil stolz stumpf
    sturm tag treu uhl um und voll vor wald wann warm weg weil weiss wenig wunder
    zahn zart zeit zorn

    ange beau belle blanc bon bonnet bois brun constant court cher des desire droit
    dur fleur franc garde gentil grand gras gros jeune joli juste lent les marin mer
    noir parfait petit pierre place prudent prudence rapide roche rouge roux sauvage
    tous vert vive

    alba alma amor bella blanco bravo bueno cruz esperanza flor franco fuente gracia
    guerra leal libre luz mar mas mayor moreno paz prado reina rio rosa santo sol
    soledad son sola valle vega verde vera viento victoria vida

    amato costa fiore forte fontana greco lento longo marino monte nero piccolo sala
    sereno vita

    de kort mooi noord oud wit zomer

    dahl ny stor da na no ono ot po pod ta te ti ty un ve vi vol za

    明天 今天 高兴 海洋 和平 光明 建设 文明 国家 时间 学习 中国 日本 未来 希望 自然 光 林 森 高大 马上

    사공 서문 동방

    pan пан lord

    ace ally amber amen ash ban band bang bank banks bass battle beam bent bin
    blessing block bloom boss bow bowl box brain brick bridge bridges burn bush
    cable camp can candy cannon card care chip clarity clean clerk clock cloud coin
    comfort con cope copper count counts craft crane creed crisp crow cry cut dare
    dark deal delta destiny dev dig ding dodge dong dot dove dream drive driver duke
    dung dust eagle earl echo even fan fast favor favour fern finch fire fish flag
    flow flowers fountain fox frame friday front fry gain gale game gang garden gate
    gates gem gift glad glass glory go goal grove guard hack hammer hang happy hash
    hat hawk heath heaven held help her hero ho honest hook horn horse host hours
    hurt ice ideal innocent island jewel jobs journey judge justice keeper keys
    knock knot lan large laws lay leaf lean leap legend liberty light lights line
    ling link links lion list load log loop lovely luck lung magic mai mail maker
    male many maple marble mass mate memory mind miracle mist modest moment money
    monk mountain needle nest never notes novel oak off only order pack palm pang
    parent partner pass path pause peace pearl pen penny person piece pin pine ping
    pipe plant play player poet point points pole pond port post pot powder power
    powers praise precious promise proper prosper push quest race rail ran rang raw
    read reading ready real rest riddle ride right rise roads rocket room root roots
    rope royal rust sage said sail same sang saturday scale scales scout serene
    serve settle shade shadow shall share she shine ship shore shot sign signs silk
    simple sin sing sky slack slim smoke soft sold sole solid some song soon soul
    sound space spark spell spice spike square stack stamp stand staple start stay
    steady stem stock story stream strength success such sugar sunday sung swan
    table tan taste tell tender than then thin thorn thought thread thursday tide
    tiger till time times tin tip toll ton tongue trace track trail train tree trees
    trinity trip trust tuesday tune turn twist under unity usher valley value
    venture very virtue vision voice wait wake walk wall want war watch water wave
    wednesday weeks wheat wheel while who why wisdom wish won wonder wool work world
    would yard year yellow yet yield zen

    acker bach bad bahn bauer baum besser bild bitter blatt boden bogen brauch
    bruder brunnen buch burg dick eben ecke ehrlich eisen ende engel feuer freude
    fuchs funk garten gast gerade glanz glas glaube gnade grund hof hoffnung junge
    kaiser kirche koch konig kraus kreis kreuz krieg krone kunst leben lehrer leiter
    leute lichter liebe linde loch luft lust macht mann meister moos morgen munter
    nacht nebel neu neuer noch nuss offen ort platz rad rat recht regen reif reim
    reis ruhe salz satz sauer schatz schiff schlecht schmal schnee schreiber schritt
    schutz segen sieger sorge spiegel stab stadt stahl stamm stein stoll streit suss
    tief topf trost ufer vogel wache wagen wahr wand wasser wein weise welt werk
    wetter wille wind witz wohl wolke wunsch zauber zimmer zucker zunge zwei

    ami amour aube baron bien bleu bras chaine champ charme chat chaud chef chemin
    clair claire clef comte coq cote couleur coup courage cousin croix dame deux
    dieu douce doux duc ecole entier espoir etoile fer ferme fin flamme fontaine
    fosse gage gai garcon gloire grande guerre habile haut heureux hiver honore ici
    jardin jour juge laurier leblanc leger loup lune maire maison maitre mal
    marchand marche marine matin menage merci mesure meunier midi mignon mince monde
    mont mort moulin neige neuf ours pain palais papillon paris pays perle peuple
    pluie poirier poisson pont porte prairie printemps puits raison reine riche rive
    riviere robe roi rue sable saint sapin soir soleil solide suisse tard temps
    tendre terre tour tout travers tresor val vallee verite vieux vigne ville vin
    vite voisin volant

    acqua allegra allegro alto amica amico amore basso bello bene bianca bianco
    bosco buono caldo calma campo cara caro celeste chiara chiaro corto croce destro
    dolce donna fede felice ferro fiamma fiume fonte fresco gatto gemma gentile
    gioia giovane giusto grandi grazia grosso guida leone luce luna lungo lupo magro
    mare martello mazza melodia merlo morale nave neri onesti orso pane parola pepe
    pera perla pesce piazza piena prato prima primo ragione ricco riva rosso sacco
    salvo santa santi secondo sorriso speranza testa tutto vento viola volpe

    alegre alegria amado amigo bajo blanca bosque branco buena calle caminho camino
    campos canto casa casas cielo clara claro conde corona cravo cuenta delgado
    dolores dores esperanca estrela estrella fe feliz flores fontes fuego gato gordo
    graca gracias guapo hermoso hierro iglesia justo lago leao leite limpo linda
    lindo llano lobo lua mata medo milagros moral neves nieves nobre noche paixao
    palma piedra pilar ponte porto prata preto puente puerta remedios rey rico rios
    rojo salud seco serra sierra suerte toro torre trigo valente valiente valor
    velho verdad verdade viejo villa

    baas bakker beer bloem boer boom bos broek bruin dam dekker dijk fijn goed graaf
    groen groot heer hoek hond huis jong jonge keizer kerk kok koning kuiper lente
    lief maan meer meester molenaar oude prins raad ridder roos slot staal steen
    sterk stil stroom tuin veld vis visser vlag vos vrede vriend winkel zand zee
    zwaan zwart

    aamu bjork bonde by dag fred frid frisk gran gren gud hav ilma ilo kivi koski
    liten lykke mies mo nord odd old ord rauha ren rik ro ros saari saga skog strand
    strom svan tro trygg ulv usko vang vik vinter voima vuori

    biala bialy bila bily cerna cerny cichy czarny dab dlouhy dobra dobry drahy gora
    grab gruby gwiazda hora hrom jasna jasny jelen kania kawa koc kos kosa kot kral
    kwiatek las lato lev lipa lis liska ljubav luka maj mala maly mily mir mlady
    moudry mroz mucha nada nova novy nowa nowy pokorny potok ptak rak rok ruza ryba
    rychly serce silny skala sladky slava slowik slunce smutny sobota sowa stary
    stastny svec szpak tesar tichy vesela vesely vjera vlk volny vrana wesoly wiara
    wilk wojna wrobel zajac zelena zima zloty

    alb arany barany biro bor bucur craciun csillag feher fekete floare fodor frunza
    hajnal jo kis liliom lup mic mica nemes nou pap popa rosu rozsa soare speranta
    szep vadasz virag voros

    acik ates ay bahar bal baris bilge bulut cam cicek coban damla deniz derin dogru
    dunya ekin emek gece genc gok gonul guclu gul gun guner gunes guven guzel hayat
    ilk inan irmak isik iyi kan kar kara kilic kus levent mavi nur okur olgun orman
    oz savas sevgi su tas temiz toprak tunc ufuk umut uzun yagmur yaman yaprak
    yildirim yildiz yol zafer zaman

    baik bulan bunga cahaya cinta hati indah intan jaya malam mega utama

    αγαπη ειρηνη ελπιδα σοφια белая белыи вера весна волк воля віра добрая добрыи
    жук заяц зима зоря король красныи лев лето любовь маия маия мир мороз надежда
    надія новая новыи рак роза роман рыба светлана світ слава сокол тихии умныи
    черныи ясна

    bird bliss blithe bolder broom bud buddy bug bull butcher byte cache cat charm
    child class code coffin colt commit couch coy creek crouch cruise curt curtain
    dance darker downs drake drum dusty earnest falls fear flood foot fuller fury
    gamble gentle gladly gore grain grays groom hale harder hare haste hatch hay
    hinge hose hull hurdle index ivory jet jolly kernel kitchen lamb leech lighter
    lively livings lodge loft looker loud loving lush marsh match meek mends merge
    minor misty mix mixer monday months mount nail node outlaw parish patch peg
    petal pickle pilot plumber porter press purse query queue ramp ransom reed rider
    ridge ripple rocky rolls rusty sadder salmon sample sands sandy savage score
    screen script self sellers sergeant server shepherd sight sleep solo spear speed
    speller spells staff stage stiff stormy stout stronger stump style surge tab
    tack tad talk teller tester threads tidy timber token topping trainer trick
    trigger trout truly vest vine wager walker walls wash welcome whip whistle wick
    wire workman

    abend acht alte alter anfang bein berg bester blau blitz bose bote braune breite
    brot bruch brucke dicht donner drei dritter dunkel dunn edel edle eilig erster
    faden fass feine fetter finger fleissig form frisch froh frohe fromm fromme fuss
    gluck graben grau grenze grosse grosser grun gute guter haar hals heiss helm
    herz hohe hut junger kalte kessel kette kleine kleiner kluge knecht knopf kopf
    korn krumm kuhn kurze kurzer lampe lange langer langsam lieber listig locker
    lustig mantel markt marz messer mitte nadel nagel nah neue probe rauch regel
    reiche ritter rote rustig sack sanfte schild schlicht schloss schluss schnelle
    schone schoner schrag schuh schwach schwarze sieben silber sinn spitz spur
    starke stiel stolze strasse strecke stuck tal tiefe tor traurig turm wahl weisse
    wiese wilde wort ziel zweck zweiter

    aime avril bas blanche blonde bonne bouquet bref brune carre champs chevalier
    fidele fine font froid gris joyeux lame longue maigre marteau mineur modeste mot
    moyen noel ouest pauvre petite rond rousse savant sec serein seule source sud
    tardif tot vaillant vif vrai

    abril bastante cabello cabeza calvo cano casado castillo consuelo cortes cuesta
    delicado fuertes largo ligero lunes manso marzo mayo negro nieto nuevo plaza
    pozo ribera rincon rubio rueda sobrino tierno vivo

    grasso ultimo

    bela bom lima novo ouro pouco

    demir hizli ince kisa yavas

    быстрыи смелыи
    """.split()  # noqa: SIM905 - a list of words reads better as words
)

# Letters of which nothing is left by taking off an accent, with their usual spellings.
LETTERS: dict[str, tuple[str, ...]] = {
    "ä": ("a", "ae"),
    "å": ("a", "aa"),
    "æ": ("ae",),
    "ə": ("a", "e"),
    "đ": ("d", "dj"),
    "ð": ("d", "dh"),
    "ö": ("o", "oe"),
    "ø": ("o", "oe"),
    "œ": ("oe",),
    "ō": ("o", "ou", "oh"),
    "ü": ("u", "ue"),
    "ū": ("u", "uu"),
    "þ": ("th",),
    "ŋ": ("n", "ng"),
}
# Letters with one usual spelling: Latin, Cyrillic, then Arabic, where hamza and the letters of Persian and Urdu count
# as those of Arabic.
PLAIN = str.maketrans(
    "łıħŧɓɗɛɔƙƴґٱىیېکڪہھەة",
    "liht" + "bdeoky" + "г" + "اييي" + "كك" + "هههه",
    "ء\u0640",
)
# Signs of Chinese and Japanese names that are written either way; one for one, so that places stay.
_ONE_OF_TWO = str.maketrans(
    "髙﨑齋邊邉濵濱澤櫻廣國龍𠮷嶋嶌冨眞惠榮德瀨曾齊條峯靜禮斎嵜舘渕關鹽實壽藏增橫黑遙彌來學萬豐與瀧檜圓兒淺堯鐵",
    "高崎斉辺辺浜浜沢桜広国竜吉島島富真恵栄徳瀬曽斉条峰静礼斉崎館淵関塩実寿蔵増横黒遥弥来学万豊与滝桧円児浅尭鉄",
)
# Katakana of half width, whose marks for another sound stand on their own: ｶﾞ.
_HALF_WIDTH = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF66, 0xFFA0)}
SAME_SIGNS: dict[int, int | str] = _ONE_OF_TWO | _HALF_WIDTH

# What follows a family name of one sign when somebody is spoken of, in Chinese and Japanese and in Korean; and what
# stands before it in Chinese.
HONORIFICS = "先生 女士 小姐 太太 老师 老師 同学 同學 总 總 经理 さん 様 さま 氏 君 くん ちゃん 桑".split()  # noqa: SIM905 - as above
HONORIFICS_OF_KOREAN = "씨 님 군 양 선생 과장 대리 부장 팀장".split()  # noqa: SIM905 - as above
BEFORE_FAMILY_NAMES = "老小阿"

# Korean family names of two signs; all others have one.
KOREAN_FAMILY_NAMES = frozenset("남궁 황보 제갈 사공 선우 서문 독고 동방 망절".split())  # noqa: SIM905 - as above

# Arabic and Hebrew letters that are words of their own, written before another without a space.
PREFIXES = (frozenset("وفبلكسا"), frozenset("ובלהמשכ"))
ARTICLE = "ال"  # of Arabic, with which a name may be written, or not
# Words that are the same as a name once its letters are folded: on, and the name Ali.
HOMOGRAPHS = frozenset(["على"])
