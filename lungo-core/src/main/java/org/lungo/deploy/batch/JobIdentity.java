package org.lungo.deploy.batch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What makes two starts the same job: only then may one continue the other.
 *
 * @param model the SHA-256 of the model's manifest, in which every file's is
 * @param inputs the files in order
 * @param reading how they are read, the query included
 * @param output where the answers go
 * @param keep the columns that are copied
 */
public record JobIdentity(
        int format, String model, List<Input> inputs, String reading, String output, List<String> keep, int partRows) {
    /** The version of this form. */
    public static final int FORMAT = 1;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A file.
     *
     * @param state its size and when it was changed, or nothing of a database
     */
    public record Input(String location, String state) {}

    /** What {@link #parse} reads. */
    public String toJson() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /**
     * Reads a job.
     *
     * @param place where it stood, for messages
     * @throws ResumeException when it is not what {@link #toJson} gives
     */
    public static JobIdentity parse(String json, String place) {
        try {
            return JSON.readValue(json, JobIdentity.class);
        } catch (JacksonException e) {
            throw new ResumeException(
                    place + " is damaged: " + e.getOriginalMessage() + "; start again with --restart");
        }
    }

    /** The SHA-256 of all of it. */
    public String id() {
        try {
            byte[] bytes = toJson().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What is different in {@code other}, for a message. */
    public String differences(JobIdentity other) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < Math.max(inputs.size(), other.inputs.size()) && found.isEmpty(); i++) {
            String mine = i < inputs.size() ? inputs.get(i).toString() : "none";
            String others = i < other.inputs.size() ? other.inputs.get(i).toString() : "none";
            if (!mine.equals(others)) {
                found.add("the input (" + mine + ", now " + others + ")");
            }
        }
        add(found, "the model", model, other.model);
        add(found, "how it is read", reading, other.reading);
        add(found, "the output", output, other.output);
        add(found, "--keep", keep.toString(), other.keep.toString());
        add(found, "the size of parts", partRows, other.partRows);
        add(found, "the format", format, other.format);
        return String.join(", ", found);
    }

    private static void add(List<String> found, String name, Object mine, Object others) {
        if (!mine.equals(others)) {
            found.add(name + " (" + mine + ", now " + others + ")");
        }
    }
}
