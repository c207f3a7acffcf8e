"""Names and sentences that the sample is drawn from. `{topic}` is what the interview
was about. Pure: no code."""

FIRST = (
    "Aino", "Amara", "Andrej", "Anouk", "Arjun", "Beatriz", "Bogdan", "Chiara",
    "Daniyar", "Dorota", "Eirik", "Elif", "Emeka", "Farah", "Fenna", "Gaspard", "Hana",
    "Iker", "Ilse", "Imani", "Ioana", "Jarek", "Joaquim", "Kamala", "Kenji", "Leila",
    "Lorcan", "Maeve", "Malik", "Marta", "Mihail", "Nadia", "Nikhil", "Olena", "Oskar",
    "Paloma", "Petra", "Quentin", "Rania", "Rui", "Saoirse", "Samir", "Sefa", "Tariq",
    "Thandi", "Tove", "Ulla", "Viktor", "Wanja", "Xenia", "Yara", "Zeynep",
)  # fmt: skip
LAST = (
    "Abara", "Almeida", "Anand", "Barros", "Bergström", "Bianchi", "Castellano",
    "Chaudhry", "Conti", "Dahl", "Demir", "Dubois", "Eriksen", "Farkas", "Ferreira",
    "Gallagher", "Georgiou", "Haas", "Horvat", "Ibrahim", "Ishikawa", "Jansen", "Kaya",
    "Kowalczyk", "Lefèvre", "Lindqvist", "Mahlaba", "Marin", "Mendoza", "Nakata",
    "Nowicka", "O'Dwyer", "Okonjo", "Papadaki", "Petrov", "Popescu", "Quiroga",
    "Rahimi", "Rossi", "Šimková", "Sorensen", "Tanaka", "Tkachenko", "Urbina",
    "van der Meer", "Vasquez", "Wojcik", "Yilmaz", "Zamora", "Zhou",
)  # fmt: skip
OTHER_SCRIPTS = ("佐藤 美咲", "ليلى حداد", "Ελένη Παππά", "Дарья Мельник", "김하늘", "नीला शर्मा")

# What was seen, by score; then what followed. Two sentences make a piece of evidence.
SEEN = {
    1: (
        "Had no answer on {topic} and did not ask for help.",
        "Took {topic} as somebody else's problem, and said so twice.",
        "Began with {topic} in the middle and lost the thread at once.",
    ),
    2: (
        "On {topic} gave a recipe, but could not say why it works.",
        "Needed three hints before {topic} made sense, then stopped there.",
        "Knew the words around {topic}; the example did not hold.",
    ),
    3: (
        "Explained {topic} in order and answered the follow-ups.",
        "Told {topic} as it happened, with one thing they would do differently.",
        "Found a workable way through {topic} with a single hint.",
    ),
    4: (
        "Took {topic} apart without help and weighed two ways out.",
        "Gave {topic} with figures from before and after.",
        "Saw early where {topic} would go wrong and planned for it.",
    ),
    5: (
        "Turned {topic} into a rule that their whole team now uses, and showed the result.",
        "On {topic} asked a question that I had not thought of, and answered it.",
        "Laid {topic} out so plainly that the hard part became easy, limits included.",
    ),
}
FOLLOWED = {
    1: (
        "Asked again, the answer was the same.",
        "No example from their own work.",
        "I tried an easier case, in vain.",
        "Changed the subject when I asked why.",
        "Thought that this comes with experience.",
    ),
    2: (
        "With more time it may have come.",
        "A colleague seems to have done the main part.",
        "Agreed with every objection.",
        "The numbers did not add up, and they let it stand.",
        "Would start over rather than look closer.",
    ),
    3: (
        "Solid, no surprises.",
        "Checked one assumption, not the other.",
        "Said openly what they did not know.",
        "Kept to the time.",
        "The second example was weaker than the first.",
    ),
    4: (
        "Named the price of each.",
        "Would have liked to see the written version.",
        "Kept the people affected in mind.",
        "Drew it first, which helped us both.",
        "Took my doubt seriously and tested it.",
    ),
    5: (
        "Said what it cost and who helped.",
        "Changed it again when my case did not fit.",
        "I learned something.",
        "Would have said so to a director as well.",
        "Left out what did not matter, unasked.",
    ),
}
SUMMARIES = {
    "strong_no": "Not for this role. The gaps were in what the role does every day.",
    "no": "Pleasant to talk to, but below what we need in too many places.",
    "yes": "Would do this work well and knows what is still to be learned.",
    "strong_yes": "One of the best talks this year; would raise the level of the team.",
}
DECLINED = (
    "I know the candidate from a former job.",
    "Was ill on the day, a colleague stepped in.",
    "The candidate moved the date and I was away.",
)
LET_IN = "Builds the last round on what the first ones left open."
RATIONALES = {
    "hire": (
        "Meets the bar on both must-haves with evidence from more than one interview. What is missing can be learned "
        "in the first months.",
        "Strong where the team is thin. The one low score rests on a single question and was talked through.",
    ),
    "no_hire": (
        "Below the bar on a must-have in two interviews, with evidence that agrees. No further round would change it.",
        "Good in parts, but what the role does every day was the weakest part.",
    ),
    "hold": ("The interviewers saw different things and the evidence does not settle it. A further talk is planned.",),
}
CONDITIONS = "Starts with a mentor from the platform team; talk about progress after three months."
DISSENT = "I saw little of what we said we need. I would have asked for one more exercise before deciding."
CHANGE = "The further talk was held and settled the open question."
FLAG_NOTES = ("Came up twice, unprompted.", "", "I asked back, and it was meant.")
AMENDED = (
    "My notes of the second half were not in yet.",
    "I had mixed up two answers and listened to my notes again.",
)
NOTES = (
    "Both examples were about the same project, so they count as one.",
    "The two who asked agree on what was said and differ on what it is worth.",
    "The question was easier in the first talk than in the second.",
    "Nobody asked about this in depth, and everybody says so.",
)
FOLLOW_UPS = ("Ask a former manager about the last project.", "Send the written exercise to the team.")
SOURCE = "The round before mine"
RE_RATED = {
    False: "Read again, my evidence fits the next level better.",
    True: "What the others saw completes my half of the example.",
}
MUSTS = {
    "hire": ("Met, with evidence of two people.", "Met; the example was their own work."),
    "no_hire": ("Not met: no example held up to a second question.", "Met only with help, and the role has none."),
}
