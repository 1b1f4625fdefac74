package org.lungo.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lungo.family.labelling.LabelledSentence;
import org.lungo.tensor.Random;

/**
 * Sentences in English and Chinese with names of people, places and organisations, put together from templates. Half of the
 * English names of a part are its own, so that they were never seen in another part. Some stand where any name may stand:
 * their type can only be seen from their characters (places end in -ville and -ton, people in -son). Others are stems
 * without an ending, of which the same one may be a person here and a place there: the type of those can only be seen from
 * the words around them. Days have capital letters and are no entities.
 *
 * <p>What a model shows with it is that it uses both. It says nothing of how well it does on real text.
 */
public final class MadeUpEntities {
    private static final List<String> ENGLISH = List.of(
            "PER lives in LOC .",
            "PER works for ORG in LOC .",
            "ORG opened an office in LOC last DAY .",
            "ORG said on DAY that PER would leave .",
            "The mayor of LOC met PER on DAY .",
            "They flew from LOC to LOC with PER .",
            "Shares of ORG fell after PER resigned .",
            "We talked about *PER on DAY .",
            "We talked about *LOC on DAY .",
            "We talked about *ORG on DAY .",
            "*LOC was in the news again .",
            "*PER was in the news again .",
            "*ORG was in the news again .",
            "On DAY 17 the Weather was fine , on DAY it was not .");
    private static final List<String> CHINESE = List.of(
            "PER住在LOC。", "PER在ORG工作。", "ORG的经理PER昨天到了LOC。", "LOC的天气很好。", "我们从LOC飞到LOC。", "PER说今天不来。", "这件事和谁都没有关系。");
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Friday", "Sunday", "January", "March", "August", "December");
    private static final List<String> SYLLABLES = List.of(
            "mar", "lo", "ken", "dal", "bri", "tor", "vel", "han", "sel", "win", "ros", "gar", "fen", "ul", "ash",
            "nor");
    private static final String SURNAMES = "王李张刘陈杨赵黄周吴";
    private static final String CHARACTERS = "明华建国文丽秀英伟芳娜敏静强磊军洋勇艳杰涛超兰霞平刚桂青山川江河湖海东南西北安宁";

    private final String own;
    private final RandomGenerator random;

    private MadeUpEntities(String own, RandomGenerator random) {
        this.own = own;
        this.random = random;
    }

    /** {@code count} sentences of the part called {@code part}, one in three Chinese. */
    public static List<LabelledSentence> of(String part, int count, long seed) {
        MadeUpEntities made =
                new MadeUpEntities(part, Random.of(seed).stream(part).generator());
        List<LabelledSentence> sentences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sentences.add(i % 3 == 2 ? made.chinese() : made.english());
        }
        return sentences;
    }

    private LabelledSentence english() {
        List<String> tokens = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (String word : pick(ENGLISH).split(" ")) {
            boolean marked = word.startsWith("*");
            String type = marked ? word.substring(1) : word;
            String name = switch (type) {
                case "PER" -> (marked ? "" : given() + " ") + stem(marked, "son", "ez", "ski");
                case "LOC" -> stem(marked, "ville", "ton", "burg");
                case "ORG" ->
                    stem(marked, "soft", "tech", "air") + (marked ? "" : pick(List.of("", " Bank", " Group")));
                case "DAY" -> pick(DAYS);
                case "17" -> Integer.toString(random.nextInt(1, 1000));
                default -> word;
            };
            add(List.of(name.split(" ")), type, tokens, labels);
        }
        return new LabelledSentence(tokens, labels);
    }

    private LabelledSentence chinese() {
        List<String> tokens = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (String piece : pick(CHINESE).split("(?<=PER|LOC|ORG)|(?=PER|LOC|ORG)")) {
            String text = switch (piece) {
                case "PER" -> character(SURNAMES) + characters();
                case "LOC" -> characters() + pick(List.of("市", "县", "村"));
                case "ORG" -> characters() + pick(List.of("银行", "公司", "大学"));
                default -> piece;
            };
            add(text.codePoints().mapToObj(Character::toString).toList(), piece, tokens, labels);
        }
        return new LabelledSentence(tokens, labels);
    }

    private static void add(List<String> name, String type, List<String> tokens, List<String> labels) {
        boolean entity = List.of("PER", "LOC", "ORG").contains(type);
        for (int i = 0; i < name.size(); i++) {
            tokens.add(name.get(i));
            labels.add(entity ? (i == 0 ? "B-" : "I-") + type : "O");
        }
    }

    private String given() {
        return capital(syllables(2) + pick(List.of("a", "y", "o")));
    }

    private String stem(boolean marked, String... endings) {
        return capital(syllables(2) + (marked || random.nextBoolean() ? pick(List.of(endings)) : ""));
    }

    /** Syllables that all parts have, or in half of the names some with a letter of the part's own before the last. */
    private String syllables(int count) {
        StringBuilder name = new StringBuilder();
        boolean shared = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            name.append(i == count - 1 && !shared ? own : "").append(pick(SYLLABLES.subList(0, shared ? 6 : 16)));
        }
        return name.toString();
    }

    private String characters() {
        return character(CHARACTERS) + (random.nextInt(3) > 0 ? character(CHARACTERS) : "");
    }

    private String character(String characters) {
        int place = random.nextInt(characters.length());
        return characters.substring(place, place + 1);
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
    }

    /** As a file in columns. */
    public static String columns(List<LabelledSentence> sentences) {
        StringBuilder text = new StringBuilder();
        for (LabelledSentence sentence : sentences) {
            for (int i = 0; i < sentence.length(); i++) {
                text.append(sentence.tokens().get(i) + " " + sentence.labels().get(i) + "\n");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
