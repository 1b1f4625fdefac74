package org.lungo.family.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lungo.family.tables.training.TableStudy;
import org.lungo.train.Listener;

/** A model of a few seconds, and rows for it: {@code id,age,plan,visits}. */
final class SmallModel {
    private SmallModel() {}

    static Predictor train(Path folder, long seed) throws IOException {
        StringBuilder text = new StringBuilder("age,plan,visits,churn\n");
        for (int i = 0; i < 300; i++) {
            int visits = i * 13 % 20;
            text.append(18 + i * 37 % 60)
                    .append(',')
                    .append(plan(i))
                    .append(',')
                    .append(visits);
            text.append(visits < 8 ? ",yes\n" : ",no\n");
        }
        Path data = Files.writeString(folder.resolve("customers" + seed + ".csv"), text);
        Path run = folder.resolve("run" + seed);
        TableStudy.run(
                        data.toString(),
                        "churn",
                        "train.epochs=2",
                        "model.hidden=[8]",
                        "model.members=2",
                        "seed=" + seed)
                .into(run, Listener.NONE);
        return Predictor.load(run);
    }

    static String plan(int i) {
        return List.of("gold", "silver", "basic").get(i % 3);
    }

    /** Rows as CSV; every hundredth has a bad age, and a line in the middle is broken. */
    static String rows(int from, int count) {
        StringBuilder text = new StringBuilder("id,age,plan,visits\n");
        for (int i = from; i < from + count; i++) {
            String age = i % 100 == 99 ? "old" : Integer.toString(18 + i % 60);
            text.append("k-").append(i).append(',').append(age).append(',').append(plan(i));
            text.append(',').append(i % 20).append('\n');
            if (i == from + count / 2) {
                text.append("broken,line\n");
            }
        }
        return text.toString();
    }
}
