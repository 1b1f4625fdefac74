package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Column;
import org.lungo.data.DataException;
import org.lungo.data.Kind;
import org.lungo.data.ReadOptions;
import org.lungo.data.RowScan;
import org.lungo.data.Schema;
import org.lungo.data.Source;
import org.lungo.data.Suggestion;
import org.lungo.data.Table;
import org.lungo.data.TextColumn;
import org.lungo.deploy.batch.JobIdentity;

/** The files of a job, each looked at before the first row is read: whether it is there and has the columns. */
final class BatchInputs implements AutoCloseable {
    private final List<Source> sources;
    private final Schema features;
    private final List<JobIdentity.Input> states = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> named = new ArrayList<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private @Nullable RowScan first;

    private BatchInputs(List<Source> sources, Schema features) {
        this.sources = sources;
        this.features = features;
    }

    /** What the model needs, its numbers and dates in the forms that the options name. */
    private static Schema features(Predictor predictor, ReadOptions options) {
        String decimal = options.decimal();
        String date =
                options.dateFormat().isEmpty() ? null : options.dateFormat().get(0);
        return new Schema(predictor.features().fields().stream()
                .map(field -> {
                    String form = field.kind() == Kind.NUMBER ? decimal : field.kind() == Kind.DATE ? date : null;
                    return field.withForm(form);
                })
                .toList());
    }

    /**
     * Looks at the files.
     *
     * @throws DataException when there is none, or one cannot be opened or lacks a column
     * @throws IllegalArgumentException when the output would be one of them
     */
    static BatchInputs open(Predictor predictor, BatchJob job) throws IOException {
        ReadOptions given = job.input().options();
        ReadOptions options = job.asTrained() ? predictor.reading().withQuery(given.query()) : given;
        Source input = new Source(job.input().location(), options);
        boolean texts = input.holdsTextsFor(predictor.features().names());
        BatchInputs inputs = new BatchInputs(texts ? List.of(input) : input.files(), features(predictor, options));
        inputs.refuse(job);
        try {
            for (int i = 0; i < inputs.sources.size(); i++) {
                inputs.look(i, predictor, job.keep());
            }
            inputs.named.addAll(
                    job.keep().equals(List.of(BatchJob.ALL)) ? AnswerTable.free(predictor, inputs.kept) : inputs.kept);
            return inputs;
        } catch (RuntimeException | IOException e) {
            inputs.close();
            throw e;
        }
    }

    /** Neither the input nor a later start of the same job may meet the output as an input. */
    private void refuse(BatchJob job) throws IOException {
        if (!job.input().isFile()) {
            return;
        }
        String location = job.input().location();
        for (Path out : List.of(job.output().file(), job.output().errors())) {
            if (job.output().isDatabase() && out.equals(job.output().file())) {
                continue;
            }
            boolean taken = isIn(location, out);
            for (Source source : sources) {
                taken |= isSame(out, source.location());
            }
            if (taken) {
                throw new IllegalArgumentException("the output must not be among the inputs. Received: " + out
                        + ", with the input " + location + "; name a file elsewhere with --out");
            }
        }
    }

    private boolean isSame(Path out, String location) throws IOException {
        return (out.toAbsolutePath()
                        .normalize()
                        .equals(Path.of(location).toAbsolutePath().normalize())
                || Files.exists(out) && Files.exists(Path.of(location)) && Files.isSameFile(out, Path.of(location)));
    }

    private boolean isIn(String location, Path out) throws IOException {
        if (sources.size() == 1 && sources.get(0).location().equals(location)) {
            return sources.get(0).isFolder()
                    && out.toAbsolutePath()
                            .normalize()
                            .startsWith(Path.of(location).toAbsolutePath().normalize());
        }
        Path folder = out.toAbsolutePath().getParent();
        if (location.matches(".*[*?\\[{].*")) {
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + location.replace('\\', '/'))
                    .matches(out.normalize());
        }
        return folder != null && Files.isDirectory(folder) && Files.isSameFile(folder, Path.of(location));
    }

    private void look(int place, Predictor predictor, List<String> keep) throws IOException {
        Source source = sources.get(place);
        RowScan scan = source.scan();
        if (place == 0) {
            first = scan;
        }
        try {
            Map<String, String> found = scan.types();
            if (place == 0) {
                kept.addAll(keep.equals(List.of(BatchJob.ALL)) ? List.copyOf(found.keySet()) : keep);
            }
            require(predictor.features().names(), source, found);
            require(kept, source, found);
            for (String name : kept) {
                types.merge(name, found.get(name), (one, other) -> one.equals(other) ? one : "VARCHAR");
            }
            states.add(new JobIdentity.Input(Source.withoutSecrets(source.location()), state(source)));
        } finally {
            if (place > 0) {
                scan.close();
            }
        }
    }

    private static void require(List<String> names, Source source, Map<String, String> found) {
        for (String name : names) {
            if (!found.containsKey(name)) {
                List<String> present = List.copyOf(found.keySet());
                throw new DataException(
                        "E309",
                        Source.withoutSecrets(source.location()) + " must have the column '" + name + "'"
                                + Suggestion.sentence(name, present) + " Columns: " + String.join(", ", present)
                                + divided(source, present));
            }
        }
    }

    /** Why there may be but one column. */
    private static String divided(Source source, List<String> present) {
        String delimiter = source.options().layout().delimiter();
        return delimiter == null || present.size() > 1 || !source.isFile()
                ? ""
                : "; they are divided at '" + delimiter + "', another is named or found by data.read.delimiter";
    }

    private static String state(Source source) throws IOException {
        if (!source.isFile()) {
            return "";
        }
        if (source.isFolder()) {
            return "the content " + source.fingerprint();
        }
        Path file = Path.of(source.location());
        return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
    }

    /** The columns that the model needs, as they are read. */
    Schema features() {
        return features;
    }

    /** How the files are read, the query included. */
    ReadOptions reading() {
        return sources.get(0).options();
    }

    /** The files in order. */
    List<Source> sources() {
        return sources;
    }

    /** What they were when they were looked at. */
    List<JobIdentity.Input> states() {
        return states;
    }

    /** The columns that are copied. */
    List<String> kept() {
        return kept;
    }

    /** What they are called in the output: of all columns, those that are called like an answer get another name. */
    List<String> named() {
        return named;
    }

    /** {@link #kept} columns as they are called in the output. */
    @Nullable
    Table named(@Nullable Table copied) {
        if (copied == null) {
            return null;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            columns.add(new TextColumn(named.get(i), copied.texts(kept.get(i)).values()));
        }
        return Table.of(columns);
    }

    /** Their types in DuckDB's words, by the names in the output. */
    Map<String, String> types() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            all.put(named.get(i), types.getOrDefault(kept.get(i), "VARCHAR"));
        }
        return all;
    }

    /** Opens a file to be read; the caller closes it. */
    RowScan scan(int place) {
        RowScan scan = first;
        first = null;
        if (place == 0 && scan != null) {
            return scan;
        }
        if (scan != null) {
            scan.close();
        }
        return sources.get(place).scan();
    }

    /** @throws DataException when a file is no longer what it was */
    void checkUnchanged(int place) {
        try {
            String now = state(sources.get(place));
            if (!now.equals(states.get(place).state())) {
                throw new DataException(
                        "E313",
                        sources.get(place).location() + " was changed while it was read: it had "
                                + states.get(place).state() + ". Received: " + now
                                + "; start again with --restart when it is complete");
            }
        } catch (IOException e) {
            throw new DataException("E301", "cannot read " + sources.get(place).location() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (first != null) {
            first.close();
            first = null;
        }
    }
}
