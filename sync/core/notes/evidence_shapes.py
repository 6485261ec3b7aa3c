"""Shapes of sentences that judge whatever the word: "the pacing was off", "it felt electric", "next time, try ...".

They go beside the words of `evidence_words`, kind by kind and language by language. A place in `<angles>` stands for
the expression of that name in `PARTS`. Each shape is a habit of speech, not a sentence that somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sync.core.notes.evidence_words import ADVICE, BEHAVIOUR, CLIMATE, ENGAGEMENT, UNDERSTANDING, WORTH

PARTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        # What a teacher does or plans. It is described by what it was about, where it stood and how long it took.
        "work": "(?:lesson|class|pac(?:e|ing)|questioning|questions|transitions?|directions?|instructions?|delivery|"
        "explanations?|activit(?:y|ies)|discussion|tone|opening|closing|closure|introduction|routines?|behaviou?r|"
        "scaffold(?:s|ing)|feedback|differentiation|planning|expectations?|modeling|task)",
        "was": "(?:was|were|is|are|felt|feels|seemed|seems|looked|sounded|came across(?: as)?)",
        "plain": "(?!about|on\\b|in\\b|at\\b|to\\b|from|for\\b|by\\b|of\\b|over at|the\\b|an?\\b (?!issue|"
        "problem|success|hit|mess|joy|delight)|not (?:on|in|at)\\b|there|here|still|then|now|posted|written|"
        "printed|shown|projected|"
        "given|said|read|asked|answered|named|called|titled|taken|based|divided|repeated|counted|interrupted|"
        "followed|\\w+ing\\b|\\d)",
        "they": "(?:students?|kids|children|pupils|the class|they|everyone|everybody|the (?:back|front) row|"
        "(?:a lot|most|some|many|half|all) of (?:the )?(?:students|kids|class|them))",
    },
    "es": {
        "work": "(?:clase|lección|ritmo|preguntas|transici(?:ón|ones)|instrucciones|indicaciones|consignas?|"
        "explicación|actividad(?:es)?|discusión|tono|inicio|cierre|introducción|rutinas?|dinámica|"
        "retroalimentación|planeación|tarea)",
        "was": "(?:fue|fueron|era|eran|estuvo|estuvieron|resultó|resultaron|quedó|quedaron|se hizo|se hicieron|"
        "se sintió|se sentía|pareció|parecía)",
        "plain": "(?!sobre|acerca|en\\b|a las|al?\\b|con\\b|de\\b|del\\b|por\\b|para\\b|hasta|desde|el\\b|la\\b|"
        "los\\b|las\\b|escrit|leíd|proyectad|anotad|repetid|dividid|\\w+(?:ando|iendo)\\b|\\d)",
    },
}

SHAPES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        ENGAGEMENT: (
            "hooked|glued to|absorbed in|on the ball",
            "(?:tuned|checked|zoned) out|tuned in|switched off|daydream*|all over it",
            "(?:lost|losing|won over) (?:the (?:back|front|class|room|kids|students|group)|them|half the)\\b",
            "work(?:s|ed|ing)? (?:really |so |very )?hard",
        ),
        WORTH: (
            "<work> <was> (?:a (?:bit|little|lot) |so |very |really |just )*<plain>[a-z]+",
            "<work> (?:dragged|flopped|flew by|fell (?:flat|apart)|took off|bombed|clicked|paid off|landed|lagged)",
            "(?:ran|went|goes|runs) (?:like|off without)",
            "i (?:was|am) (?:so |really |very |truly |completely )*(?:blown|struck|moved|amazed|surprised|delighted|"
            "thrilled|shocked|concerned|worried|bothered|pleased|happy|sad)",
            "i (?:really |just |so )?(?:like|liked|love|loved|enjoyed|admire|admired|appreciate|appreciated)\\b",
            "spot[- ]on|on point|top[- ]notch|sloppy|messy|muddled|hit or miss|all over the place",
            "such an? (?:\\w+ )?(?:way|gift|knack|talent)|ha(?:s|ve|d) a (?:real |true |great )?(?:way|gift|"
            "knack) (?:with|for)",
            "lots? of (?:great |good |real )?learning|learning (?:was )?happen(?:ed|ing)",
            "totally|truly|absolutely|definitely|obviously|super",
            "too (?:teacher|student)[- ]cent(?:ered|red)|dominat*",
        ),
        UNDERSTANDING: (
            "(?:over|above) (?:\\w+ ){0,2}(?:students['’]s?|students|kids['’]|kids|their|everyone['’]s) heads?",
            "<they> (?:really |all |totally |just |finally |did not |didn['’]t )*(?:got|get) (?:it|"
            "this)\\b(?! (?:from|out|back|down|ready|to|in|on))",
            "<they> (?:seem|seemed|appear|appeared|looked|felt) (?!at\\b|up\\b|for\\b|down\\b|over\\b|"
            "through\\b|back\\b|"
            "under|around|out\\b|in\\b|into\\b|on\\b|the\\b|their\\b|each\\b|a\\b)\\w+",
        ),
        CLIMATE: ("a (?:real |true |strong )?sense of|the (?:room|class|classroom|mood) felt|tone of the room",),
        ADVICE: (
            "(?:you |he |she |they )?(?:might|may) (?:want|wish) to|next time(?!,? (?:i|we)\\b)|"
            "(?<!will )(?<!to )try \\w+ing|why not",
            "more \\w+ would|(?:would|might) be (?:good|nice|helpful|great|useful|worth)|consider \\w+ing|"
            "i(?:['’]d| would) suggest",
        ),
        BEHAVIOUR: ("acting out|goofing|fooling around",),
    },
    "es": {
        ENGAGEMENT: (
            "enganchad*|desconectad*|metid[oa]s en (?:la|el)|les (?:gustó|gustaba|encantó|encantaba|interesó|"
            "interesaba)",
            "trabaj(?:ó|aron|an|aban) (?:muy )?(?:bien|duro|mucho)",
        ),
        WORTH: (
            "<work> (?:no )?<was> (?:un poco |algo |muy |bastante |nada |tod[oa] un |un |una )*<plain>[a-záéíóúñ]+",
            "qué (?:bien|mal|buen\\w*|gran\\w*|lind\\w*|bonit\\w*|bell\\w*)|tod[oa] un (?:éxito|acierto|logro)",
            "me (?:gustó|encantó|sorprendió|impresionó|preocupó|agradó|pareció)|floj[oa]s?|pesad[oa]s?|muy \\w+",
            "se perdió (?:mucho )?tiempo|sin duda|realmente|totalmente|obviamente",
        ),
        UNDERSTANDING: (
            "(?:no )?captaron|(?:no )?les quedó clar\\w+|lo lograron|se not(?:ó|aba)|se ve(?:ía|ían) que|"
            "parec(?:e|ía|ían|ió) que",
        ),
        BEHAVIOUR: (
            "relajo|alborot*|perdid[oa]s|mucha paciencia|tiene (?:mucha )?paciencia|manej(?:a|ó) (?:bien |"
            "muy bien )?(?:el|al) grupo",
        ),
        CLIMATE: ("sensación de|sentido de (?:comunidad|pertenencia)",),
        ADVICE: (
            "convendría|(?:sería|estaría) (?:bueno|bien|mejor|útil|conveniente)|podrías|habría que|valdría la pena|"
            "te sugiero|sugeriría|la próxima vez(?!,? (?:voy|vamos|haré|quiero))|recomiendo|recomendaría",
        ),
    },
}


def shapes(language: str, kind: str) -> str:
    """Every shape of a kind as one expression; "" where a language has none."""
    parts = PARTS.get(language, {})
    found = "|".join(SHAPES.get(language, {}).get(kind, ()))
    return re.sub(r"<(\w+)>", lambda place: parts.get(place[1], place[0]), found)
