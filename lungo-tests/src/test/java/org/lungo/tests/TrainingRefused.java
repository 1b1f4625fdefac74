package org.lungo.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lungo.deploy.ModelFolder;
import org.lungo.deploy.serving.Answerer;
import org.lungo.deploy.serving.Family;
import org.lungo.deploy.serving.Questions;
import org.lungo.deploy.serving.Serving;
import org.lungo.family.Families;
import org.lungo.tensor.Scope;

/** Loads the classes of Lungo anew, and none that trains: what answers must do without. */
final class TrainingRefused extends ClassLoader {
    private static final Pattern TRAINS = Pattern.compile(
            "org\\.lungo\\.(train|experiment|loss|optim|evaluate)\\..*|org\\.lungo\\.family\\.(Studies|\\w+\\.training\\.).*");

    TrainingRefused() {
        super(TrainingRefused.class.getClassLoader());
    }

    /** Inspects a run and asks its model, as a server does, for its own examples. Says what the run is and the answers. */
    public static final class Asks implements Function<String, String> {
        @Override
        public String apply(String run) {
            Path folder = Path.of(run);
            Family family = Families.of(folder);
            try (Scope scope = Scope.open()) {
                return family.name() + ": " + family.inspect(folder).text() + "\nanswers " + answers(family, folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String answers(Family family, Path run) throws IOException {
            Answerer answerer = family.open(ModelFolder.inside(run), Serving.plain(Runnable::run));
            List<@Nullable Object> examples = new ArrayList<>(answerer.form().examples());
            return Questions.answers(answerer, examples).stream()
                    .map(Map::toString)
                    .collect(Collectors.joining(" "));
        }
    }

    /** What {@link Asks} says when it is loaded here. */
    @SuppressWarnings("unchecked")
    String ask(Path run) throws ReflectiveOperationException {
        Class<?> asks = loadClass(Asks.class.getName());
        return ((Function<String, String>) asks.getConstructor().newInstance()).apply(run.toString());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("org.lungo.")) {
            return super.loadClass(name, resolve);
        }
        if (TRAINS.matcher(name).matches()) {
            throw new ClassNotFoundException(name + " trains");
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = in.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
