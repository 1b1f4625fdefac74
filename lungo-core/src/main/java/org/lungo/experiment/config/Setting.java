package org.lungo.experiment.config;

/**
 * A value that comes before the file's.
 *
 * @param origin what it is called in messages and listings, such as {@code --seed} or {@code LUNGO_SEED}
 * @param text {@code key=value}
 */
public record Setting(String origin, String text) {
    /** What {@code --set} was given. */
    public static Setting of(String text) {
        return new Setting("--set " + text, text);
    }
}
