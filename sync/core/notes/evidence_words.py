"""Words that judge where a note could describe, by language, and the question each kind of word turns into.

Expressions are matched on lower-case text outside quotation marks; a trailing `*` stands for any ending.
"""

from __future__ import annotations

from collections.abc import Mapping

ENGAGEMENT, WORTH, BEHAVIOUR, UNDERSTANDING, CLIMATE, ADVICE = (
    "engagement",
    "worth",
    "behaviour",
    "understanding",
    "climate",
    "advice",
)

QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        ENGAGEMENT: "How many, doing what, in whose words?",
        WORTH: "What did you see or hear that makes you say so?",
        BEHAVIOUR: "Who did or said what, and how many did?",
        UNDERSTANDING: "What did a student say, write or make that shows it?",
        CLIMATE: "What would somebody in the doorway have seen or heard?",
        ADVICE: "What happened, and what do you wonder about it?",
    },
    "es": {
        ENGAGEMENT: "¿Cuántos, haciendo qué, en palabras de quién?",
        WORTH: "¿Qué viste u oíste que te hace decirlo?",
        BEHAVIOUR: "¿Quién hizo o dijo qué, y cuántos?",
        UNDERSTANDING: "¿Qué dijo, escribió o hizo un alumno que lo muestre?",
        CLIMATE: "¿Qué habría visto u oído alguien desde la puerta?",
        ADVICE: "¿Qué pasó, y qué te preguntas al respecto?",
    },
}

JUDGING: Mapping[str, Mapping[str, str]] = {
    "en": {
        ENGAGEMENT: "engag*|disengag*|unengag*|motivated|unmotivated|bored|boring|interested|uninterested|attentive|"
        "inattentive|enthusias*|excited|eager|passive|focused|unfocused|committed|invested|(?:high|low|good|full|"
        "active|great|level of) participation|enjoy*|"
        "loved|energetic|(?:low|high|good|great|much|more) energy|buy-in|on-task|off-task|on task|off task|"
        "paying attention|pay attention|"
        "paid attention|distracted|dedicated",
        WORTH: "great|excellent|good|bad|wonderful|amazing|awesome|fantastic|outstanding|superb|brilliant|terrific|"
        "impressive|impressed|exemplary|perfect|perfectly|lovely|beautiful|beautifully|nice|nicely|poor|poorly|weak|"
        "weakly|strong|strongly|solid|effective|ineffective|effectively|successful|unsuccessful|success|adequate|"
        "inadequate|satisfactory|mediocre|disappoint*|terrible|awful|best|worst|better|worse|rich|meaningful|"
        "rigorous|rigor|worthwhile|useless|waste of time|fun|a natural|gifted|talented|skilled|skillful*|masterful|"
        "well[- ](?:organi[sz]ed|planned|paced|prepared|structured|managed|done|designed|run|executed|thought)|"
        "(?:work|works|worked|went|flows|flowed|did|collaborated|managed|handled|explained|taught|behaved|very|so|"
        "really|quite|pretty) (?:\\w+ )?well|(?:was|were|is|are|very|so|quite) (?:organi[sz]ed|prepared)|"
        "disorgani[sz]ed|unprepared|smooth|smoothly|"
        "appropriate|inappropriate|insightful|thoughtful|creative|dull|i liked|i loved|liked how|liked that|"
        "variety|vague|too (?!late\\b|far\\b)(?:\\w+ )?(?:much|many|few|little|long|short|slow|fast|easy|hard|"
        "difficult|loud|quiet|quick|quickly|slowly)|enough (?:rigor|challenge|support)|not \\w+ enough|"
        "low[- ]level|high[- ]level|(?:low|high) level|engrossing|powerful|inspiring|inspired|valuable",
        BEHAVIOUR: "chaotic|chaos|unruly|rude|disrespectful|respectful|lazy|naughty|disruptive|misbehav*|well-behaved|"
        "out of control|control of|(?:control|manage)s? the (?:class|room|group)|behaviou?r (?:was|is|problem*|"
        "issue*)|(?:poor|bad|good|great) behaviou?r|polite|noisy|wild|cooperative|uncooperative|diligent|"
        "hard-?working|struggl*|harsh|strict|lenient|patient|impatient|caring|friendly|management",
        UNDERSTANDING: "underst(?:ood|and|ands)|clearly|clear|unclear|confusing|confused|confident|"
        "confidently|mastered|mastery|grasp*|knew the material|competent|fluent|fluently|challenging|"
        "challenged|accessible",
        CLIMATE: "atmosphere|climate(?! change)|(?:class|learning|classroom|positive|good|beautiful|great|"
        "rich) environment|rapport|warm|welcoming|positive|negative|safe|calm|productive|"
        "supportive|inclusive|tense|pleasant|comfortable|happy|contagious|vibe|relationship*",
        ADVICE: "should|needs? to|ought to|could (?:have )?improve*|must|would be better|failed to|fails to|"
        "recommend*|could have",
    },
    "es": {
        ENGAGEMENT: "participación|motivad*|desmotivad*|interesad*|aburrid*|comprometid*|atent*|entusias*|emocionad*|"
        "distraíd*|concentrad*|prestaban atención|prestaron atención|ponían atención|poco interés|mucho interés|"
        "encantó|encanta|disfrut*|involucrad*|pasiv*|energía",
        WORTH: "excelente*|buen|buena|buenas|bueno|buenos|mal|mala|malo|malas|malos|gran|grandes? trabajo|maravillos*|"
        "fantástic*|increíble*|estupend*|genial|perfect*|impresionante*|pobre|débil|fuerte (?:inicio|cierre)|"
        "efectiv*|eficaz|ineficaz|exitos*|divertid*|bonit*|hermos*|muy bien|bien (?:planificad*|organizad*|"
        "preparad*|hech*|explicad*|llevad*)|mejor|peor|adecuad*|inadecuad*|apropiad*|fluid*|me gustó|demasiad*|"
        "brillante|interesante|creativ*|desorganizad*|organizad*",
        BEHAVIOUR: "desorden|caos|caótic*|conducta|comportamiento|respetuos*|irrespetuos*|perezos*|groser*|"
        "control del|manejo del?|indisciplin*|disciplinad*|educad*|trabajador*|amable*|ruidos*",
        UNDERSTANDING: "entend(?:ieron|ían|ió) (?:perfect\\w+|todo|bien)|entendieron|comprendieron|clar[oa]s?|"
        "confus*|segur[oa]s de sí|dominan|dominaron|fluidez",
        CLIMATE: "ambiente|clima|relación con|acogedor*|positiv*|negativ*|tens[oa]|tranquil*|agradable*|cálid*",
        ADVICE: "debería*|debe|deben|debió|tiene que|tienen que|necesita mejorar|hay que|podría mejorar|faltó|falta de",
    },
}

INNOCENT: Mapping[str, str] = {
    "en": "good (?:morning|afternoon|evening|night|bye)|great[- ](?:grand\\w+|depression|lakes?|wall|war|"
    "britain|plains)|"
    "the well\\b|as well|(?:thumbs|cards?) (?:up|down)|best (?:guess|friend)|said (?:that )?(?:he|she|they) "
    "(?:was|were|felt) \\w+|(?:positive|negative|perfect|natural|rational|mixed) (?:numbers?|integers?|squares?|"
    "fractions?)|clear(?:ed|s)? (?:the |their |away)|(?:safe|strong|weak) (?:box|acids?|bases?)|"
    "what made \\w+ \\w+ \\w+|"
    "fun fact|passive voice|strongly (?:dis)?agree\\w*|earth.s atmosphere|better or worse|"
    "read (?:\\w+ )?well water|right[- ]hand side",
    "es": "buen(?:os|as) (?:días|tardes|noches)|gran (?:bretaña|depresión|muralla)|números? (?:positiv|negativ)\\w+|"
    "mal de ojo",
}
"""what looks like a judging word and is none"""
