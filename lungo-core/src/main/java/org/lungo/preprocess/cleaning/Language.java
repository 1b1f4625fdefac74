package org.lungo.preprocess.cleaning;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The language of a text, recognised by its script and, in Latin script, by its most frequent words: those of English against
 * those of eight others. No statistics of letters: a short or mixed text is {@link #UNKNOWN} rather than wrong.
 */
public enum Language {
    /** English. */
    @JsonProperty("en")
    EN,
    /** Chinese: most letters are Han, and few are kana or hangul. */
    @JsonProperty("zh")
    ZH,
    /** Another language. */
    @JsonProperty("other")
    OTHER,
    /** Too short to recognise. */
    @JsonProperty("unknown")
    UNKNOWN;

    private static final int ENOUGH = 20;
    private static final double MIN_FREQUENT = 0.03;
    private static final int READ = 20_000;

    /** English first. */
    private static final List<String> FREQUENT = List.of(
            "the of and to in a is that it for was on are as with his they at be this have from or had by not but what"
                    + " all were we when your can said there an which she do how their if will up about out so he you"
                    + " i my me no one would them then than these some its very just only into has been our because"
                    + " while where after over also",
            "der die das und den von zu mit sich des auf für ist im dem nicht ein eine einen als auch es an werden aus er"
                    + " hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder",
            "le la les de des du et à un une dans que qui pour est en pas sur au plus par se ce il avec son ne sont aux"
                    + " mais ou cette on a été leur nous vous elle",
            "el la los las de que y en un una por con para es se no su al del lo como más o pero sus le ha me si sin"
                    + " sobre este ya entre cuando todo esta ser son",
            "il di che e la un a per in una sono con non si da del le dei alla della al i lo gli nel più ha come anche"
                    + " ma o se nella",
            "o a de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu"
                    + " sua ou",
            "de het een en van ik te dat die in is niet zijn op aan met voor er maar om hem dan zou of wat mijn men dit"
                    + " zo door over ze zich bij ook",
            "w i na nie z do to się że jest o jak a od po za co przez dla tak ale czy tego oraz jego są",
            "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan man");

    private static final Map<String, Integer> LANGUAGES = languages();

    /** The name in configuration files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of {@code text}, recognised by its first 20,000 characters. */
    public static Language of(String text) {
        String start = text.length() > READ ? text.substring(0, READ) : text;
        int[] scripts = new int[4]; // Han, other East Asian, Latin, others
        start.codePoints().filter(Character::isLetter).forEach(letter -> scripts[script(letter)]++);
        int letters = Arrays.stream(scripts).sum();
        if (scripts[0] + scripts[1] > letters - scripts[0] - scripts[1]) {
            return scripts[1] > scripts[0] / 10 ? OTHER : ZH;
        }
        if (scripts[2] <= letters / 2) {
            return letters >= ENOUGH ? OTHER : UNKNOWN;
        }
        return latin(start);
    }

    private static Language latin(String text) {
        int[] hits = new int[FREQUENT.size()];
        int words = 0;
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+")) {
            words += word.isEmpty() ? 0 : 1;
            int languages = LANGUAGES.getOrDefault(word, 0);
            for (int i = 0; i < hits.length; i++) {
                hits[i] += languages >> i & 1;
            }
        }
        int others = Arrays.stream(hits).skip(1).max().orElse(0);
        if (hits[0] > 0 && hits[0] >= others && hits[0] >= MIN_FREQUENT * words) {
            return EN;
        }
        boolean accents = text.codePoints().anyMatch(codePoint -> codePoint >= 0xC0 && Character.isLetter(codePoint));
        return words >= ENOUGH || others > hits[0] + (accents ? 0 : 1) ? OTHER : UNKNOWN;
    }

    private static int script(int letter) {
        if (letter < 0x250) {
            return 2;
        }
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN -> 0;
            case HIRAGANA, KATAKANA, HANGUL -> 1;
            case LATIN -> 2;
            default -> 3;
        };
    }

    private static Map<String, Integer> languages() {
        Map<String, Integer> languages = new HashMap<>();
        for (int i = 0; i < FREQUENT.size(); i++) {
            for (String word : FREQUENT.get(i).split(" ")) {
                languages.merge(word, 1 << i, (one, other) -> one | other);
            }
        }
        return Map.copyOf(languages);
    }
}
