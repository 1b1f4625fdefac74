package org.lungo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.lungo.evaluate.Evaluation;
import org.lungo.experiment.Run;
import org.lungo.family.labelling.training.LabellingStudy;
import org.lungo.family.language.training.LanguageStudy;
import org.lungo.family.tables.training.TableConfig;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.family.translation.training.TranslationStudy;
import org.lungo.server.http.Limits;
import org.lungo.server.registry.Place;
import org.lungo.train.Listener;

/** Small models of every kind of answer, trained in a second each. */
public final class TrainedModels {
    private TrainedModels() {}

    /** An open server, on a port of its own, for one run. */
    public static ModelServer serve(Path run) throws IOException {
        ServerConfig config =
                new ServerConfig("127.0.0.1", 0, ServerConfig.Security.OPEN, Limits.DEFAULTS, 1, 60_000, null);
        return ModelServer.start(config, List.of(Place.parse(run.toString())), c -> c);
    }

    /** A run that predicts {@code target} ({@code churn}, {@code plan}, {@code price} or {@code a,b}). */
    public static Path run(Path folder, String target, String... sets) throws IOException {
        Path data = folder.resolveSibling("customers.csv");
        if (!Files.exists(data)) {
            Files.writeString(data, table());
        }
        List<String> all = new ArrayList<>(List.of(sets));
        all.addAll(List.of("train.epochs=2", "model.hidden=[8]", "evaluate.importance=false"));
        List<String> targets = List.of(target.split(","));
        String[] settings = all.toArray(String[]::new);
        Run<TableConfig, Evaluation> experiment = targets.size() > 1
                ? TableStudy.run(data.toString(), targets, settings)
                : TableStudy.run(data.toString(), target, settings);
        experiment.into(folder, Listener.NONE);
        return folder;
    }

    /** A run of a language model for letters, spaces, line ends and colons. */
    public static Path text(Path folder) throws IOException {
        Path data = folder.resolveSibling("corpus.txt");
        Files.writeString(data, "user: how are you?\nassistant: well, and you?\nsystem: be kind\n".repeat(40));
        String[] sets = {
            "train.epochs=1",
            "train.steps_per_epoch=60",
            "train.batch_size=8",
            "model.layers=2",
            "model.heads=2",
            "model.hidden=32",
            "model.context=64"
        };
        LanguageStudy.run(data.toString(), sets).into(folder, Listener.NONE);
        return folder;
    }

    /** A run of a tagger for people and places. */
    static Path labels(Path folder) throws IOException {
        Path data = folder.resolveSibling("names.conll");
        Files.writeString(
                data,
                ("Ada B-PER\nlives O\nin O\nRome B-LOC\n. O\n\nBob B-PER\nsaw O\nAda B-PER\n. O\n\n"
                                + "他 O\n在 O\n北 B-LOC\n京 I-LOC\n。 O\n\n")
                        .repeat(10));
        LabellingStudy.run(data.toString(), "train.epochs=8", "train.learning_rate=0.02", "model.rnn.hidden=16")
                .into(folder, Listener.NONE);
        return folder;
    }

    /** A run that translates short sentences. */
    static Path translation(Path folder) throws IOException {
        Path data = folder.resolveSibling("pairs.de");
        Path other = folder.resolveSibling("pairs.en");
        Files.writeString(data, "ein Hund\neine Katze\nein Baum\nein Haus\n".repeat(20));
        Files.writeString(other, "a dog\na cat\na tree\na house\n".repeat(20));
        String[] sets = {
            "train.epochs=4",
            "train.batch_tokens=64",
            "tokenizer.size=280",
            "model.hidden=16",
            "model.inner=32",
            "model.heads=2",
            "model.encoder_layers=1",
            "model.decoder_layers=1",
            "model.context=24"
        };
        TranslationStudy.run(data.toString(), other.toString(), sets).into(folder, Listener.NONE);
        return folder;
    }

    private static String table() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("age,plan,since,price,a,b,churn\n");
        String[] plans = {"gold", "silver", "basic"};
        for (int i = 0; i < 400; i++) {
            int age = 18 + random.nextInt(60);
            String plan = plans[random.nextInt(3)];
            double price = age * 0.7 + (plan.equals("gold") ? 30 : 5) + random.nextGaussian();
            text.append(i % 17 == 0 ? "" : Integer.toString(age))
                    .append(',')
                    .append(plan)
                    .append(',');
            text.append(String.format("20%02d-%02d-%02d,", 10 + i % 15, 1 + i % 12, 1 + i % 28));
            text.append(String.format(java.util.Locale.ROOT, "%.2f,", price));
            text.append(age > 50 ? "yes" : "no")
                    .append(',')
                    .append(i % 3 == 0 ? "yes" : "no")
                    .append(',');
            text.append(age + random.nextInt(30) > 60 ? "yes" : "no").append('\n');
        }
        return text.toString();
    }
}
