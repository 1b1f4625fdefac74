"""Writes bleu.json: tokens and scores by sacreBLEU 2.6.0. Run: python3 bleu.py > bleu.json"""

import json
import random

from sacrebleu.metrics import BLEU
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_char import TokenizerChar
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh

TOKENIZERS = {"13a": Tokenizer13a(), "zh": TokenizerZh(), "char": TokenizerChar()}
SIGNS = list("abcXYZ019  ..,,--&;:!?()[]{}<>\"'`~@#$%^*_+=|\\/äß€“”…·中文。，！？ａ１\u3000\u00a0ㄅ𠀀😀\u2600\n")
draw = random.Random(1)
texts = ["".join(draw.choice(SIGNS) for _ in range(draw.randint(0, 30))) for _ in range(60)]
texts += [
    "It's 1,234.5 (approx.) - 10-20%; \"quoted\", &quot;escaped&quot; &amp; &lt;tag&gt; <skipped>U.S.A.",
    "Ein Mann mit 3-jährigem Kind, z.B. um 12.30 Uhr...",
    "一个穿着 iPhone14 T恤的人，跑了3.5公里。",
    "soft-\nhyphen at the end-\n",
]
tokens = [
    {"tokenizer": name, "text": text, "tokens": tokenizer(text.rstrip() if name != "13a" else text).split()}
    for name, tokenizer in TOKENIZERS.items()
    for text in texts
]
CORPORA = [
    ("13a", ["the cat sat on the mat ."], ["The cat sat on the mat."]),
    ("13a", ["A man, 30, runs.", "Two dogs play in the snow.", "x"],
     ["A man of 30 runs.", "Two brown dogs are playing in the snow.", "A child."]),
    ("13a", ["the the the the the the the"], ["the cat is on the mat"]),
    ("13a", ["a b c d e", "f g"], ["a b x d e", "f g"]),
    ("13a", ["a b"], ["a b"]),
    ("13a", ["nothing right here at all"], ["some other words stand there"]),
    ("13a", ["", "two people walk"], ["one", "two people walk"]),
    ("13a", [""], ["one"]),
    ("13a", ["a b c d e f g h"], ["a b c d"]),
    ("zh", ["两只狗在雪地里玩。", "一个男人在跑步"], ["两只棕色的狗在雪中玩耍。", "一名男子正在跑步。"]),
    ("char", ["ab cd", "xyz"], ["abcd", "xy z"]),
    ("none", ["a, b c d."], ["a, b c d ."]),
]
words = "a the man dog red , . runs 3.5 two-year plays".split()
for name in ("13a", "char", "none"):
    pairs = [[" ".join(draw.choices(words, k=draw.randint(0, 12))) for _ in range(2)] for _ in range(20)]
    CORPORA.append((name, [p[0] for p in pairs], [p[1] for p in pairs]))
scores = []
for name, translations, references in CORPORA:
    bleu = BLEU(tokenize=name).corpus_score(translations, [references])
    scores.append(
        dict(
            tokenizer=name,
            translations=translations,
            references=references,
            score=bleu.score,
            precisions=bleu.precisions,
            brevity=bleu.bp,
            lengths=[bleu.sys_len, bleu.ref_len],
        )
    )
print(json.dumps(dict(tokens=tokens, scores=scores), ensure_ascii=True))
