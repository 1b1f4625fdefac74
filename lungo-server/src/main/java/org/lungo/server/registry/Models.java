package org.lungo.server.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lungo.data.Suggestion;
import org.lungo.deploy.Origin;
import org.lungo.deploy.ServeConfig;
import org.lungo.deploy.serving.ModelMetrics;
import org.lungo.deploy.serving.Serving;
import org.lungo.deploy.serving.Turns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a server. Reading is free of locks; changes come one after the other, and a model that fails to load
 * changes nothing.
 */
public final class Models {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    /** A version to go back to. */
    private static final int KEPT_VERSIONS = 2;

    private final List<Place> places;
    private final UnaryOperator<ServeConfig> overrules;
    private final Map<String, String> options;
    private final Function<ModelId, ModelMetrics> metrics;
    private final Changes changes;
    private final Executor turns = Turns.ofProcessors();
    private final Set<ModelId> unloaded = new HashSet<>();
    private final Map<ModelId, String> failed = new HashMap<>();
    private volatile Map<String, Versions> models = Map.of();
    private volatile Map<String, Set<Origin>> origins = Map.of();

    /** Hears of models that come and go. */
    public interface Changes {
        /** A model answers now. */
        void loaded(ServedModel model);

        /** A model no longer answers. */
        void unloaded(ModelId id);

        /** A model could not be loaded; what was there still answers. */
        void failed(ModelId id);
    }

    /**
     * The models of some places; none is loaded yet.
     *
     * @param overrules changes what a model's makers want
     * @param options what only some families know, see {@link Serving}
     */
    public Models(
            List<Place> places,
            UnaryOperator<ServeConfig> overrules,
            Map<String, String> options,
            Function<ModelId, ModelMetrics> metrics,
            Changes changes) {
        this.places = List.copyOf(places);
        this.overrules = overrules;
        this.options = options;
        this.metrics = metrics;
        this.changes = changes;
    }

    /**
     * Loads everything.
     *
     * @throws org.lungo.tensor.CorruptFileException when a model is damaged
     */
    public synchronized void loadAll() throws IOException {
        for (Map.Entry<ModelId, Path> found : newest(scan()).entrySet()) {
            put(ServedModel.load(found.getKey(), found.getValue(), serving(found.getKey())));
        }
    }

    private Serving serving(ModelId id) {
        return new Serving(overrules, options, metrics.apply(id), turns);
    }

    private Map<ModelId, Path> scan() {
        Map<ModelId, Path> found = new TreeMap<>();
        for (Place place : places) {
            place.models().forEach((id, folder) -> Place.add(found, id, folder));
        }
        return found;
    }

    /** The newest versions of each model. */
    private static Map<ModelId, Path> newest(Map<ModelId, Path> found) {
        Map<ModelId, Path> newest = new TreeMap<>(found);
        found.keySet().forEach(id -> {
            long newer = found.keySet().stream()
                    .filter(other -> other.name().equals(id.name()) && other.version() > id.version())
                    .count();
            if (newer >= KEPT_VERSIONS) {
                newest.remove(id);
            }
        });
        return newest;
    }

    /** Loads what has come or changed in the watched folders and lets go of what has gone. */
    public synchronized void refresh() {
        Map<ModelId, Path> found;
        try {
            found = newest(scan());
        } catch (RuntimeException e) {
            LOG.warn("the model folders cannot be read: {}", e.getMessage());
            return;
        }
        failed.keySet().retainAll(found.keySet());
        unloaded.retainAll(found.keySet());
        found.forEach((id, folder) -> {
            ServedModel loaded = loaded(id);
            String signature = Place.signature(folder);
            boolean wanted = !unloaded.contains(id) && !signature.equals(failed.get(id));
            if (wanted && !signature.isEmpty() && (loaded == null || loaded.isOutdated())) {
                load(id, folder);
            }
        });
        if (places.stream().noneMatch(Place::isSingle)) {
            all().stream()
                    .map(ServedModel::id)
                    .filter(id -> !found.containsKey(id))
                    .forEach(this::remove);
        }
    }

    /**
     * Loads a model again, or one that was unloaded.
     *
     * @return whether it could be loaded; if not, what was there still answers
     */
    public synchronized boolean reload(String name) {
        Map<ModelId, Path> found = newest(scan());
        found.keySet().removeIf(id -> !id.name().equals(name));
        if (found.isEmpty()) {
            throw unknown(name, null);
        }
        boolean all = true;
        for (Map.Entry<ModelId, Path> model : found.entrySet()) {
            unloaded.remove(model.getKey());
            all &= load(model.getKey(), model.getValue());
        }
        return all;
    }

    /**
     * Lets the version before the current one answer, until a newer one comes.
     *
     * @throws IllegalStateException when none is loaded
     */
    public synchronized ModelId rollback(String name) {
        Versions versions = models.get(name);
        if (versions == null) {
            throw unknown(name, null);
        }
        Integer previous = versions.previous();
        if (previous == null) {
            throw new IllegalStateException("no earlier version of " + name + " is loaded. Loaded: "
                    + versions.loaded().keySet());
        }
        set(name, new Versions(versions.loaded(), previous));
        LOG.info("rolled back {} to version {}", name, previous);
        return new ModelId(name, previous);
    }

    /** Frees a model, in one version or all, once its requests are answered. It stays away until it is loaded again. */
    public synchronized void unload(String name, @Nullable Integer version) {
        Versions versions = models.get(name);
        if (versions == null || version != null && !versions.loaded().containsKey(version)) {
            throw unknown(name, version);
        }
        for (Integer number : version == null ? versions.loaded().keySet() : Set.of(version)) {
            ModelId id = new ModelId(name, number);
            unloaded.add(id);
            remove(id);
        }
    }

    /** The model, or its version, for one request. */
    public Lease lease(String name, @Nullable Integer version) {
        while (true) {
            Versions versions = models.get(name);
            ServedModel model =
                    versions == null ? null : versions.loaded().get(version == null ? versions.current() : version);
            if (model == null) {
                throw unknown(name, version);
            }
            if (model.lease()) {
                return new Lease(model);
            }
            Thread.onSpinWait(); // it was just replaced; the map already holds, or is about to hold, another
        }
    }

    /** All loaded models, in all versions. */
    public List<ServedModel> all() {
        return models.values().stream()
                .flatMap(versions -> versions.loaded().values().stream())
                .toList();
    }

    /** By name of a model, whose web pages may ask it: what its loaded versions list. Models that list none are left out. */
    public Map<String, Set<Origin>> origins() {
        return origins;
    }

    /** Whether a model of this name is loaded. */
    public boolean has(String name) {
        return models.containsKey(name);
    }

    /** The numbers of the loaded versions. */
    public List<Integer> versions(String name) {
        Versions versions = models.get(name);
        if (versions == null) {
            throw unknown(name, null);
        }
        return List.copyOf(versions.loaded().keySet());
    }

    /** Whether this model answers when no version is asked for. */
    public boolean isCurrent(ServedModel model) {
        Versions versions = models.get(model.id().name());
        return versions != null && versions.current() == model.id().version();
    }

    /** Whether there are models and all of them can answer. */
    public boolean isReady() {
        List<ServedModel> all = all();
        return !all.isEmpty() && all.stream().allMatch(ServedModel::isAlive);
    }

    /** Frees all models once their requests are answered. */
    public synchronized void close() {
        List<ServedModel> all = new ArrayList<>(all());
        models = Map.of();
        all.forEach(ServedModel::close);
        try {
            for (ServedModel model : all) {
                model.awaitEnd(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean load(ModelId id, Path folder) {
        String signature = Place.signature(folder);
        try {
            put(ServedModel.load(id, folder, serving(id)));
            failed.remove(id);
            return true;
        } catch (IOException | RuntimeException e) {
            failed.put(id, signature);
            changes.failed(id);
            LOG.error("cannot load {}: {}", id, e.getMessage());
            return false;
        }
    }

    private void put(ServedModel model) {
        String name = model.id().name();
        Versions before = models.get(name);
        ServedModel old = before == null ? null : before.loaded().get(model.id().version());
        set(name, Versions.with(before, model));
        changes.loaded(model);
        LOG.info("loaded {} from {}", model.id(), model.folder());
        if (old != null) {
            old.close();
        }
        Versions now = models.get(name);
        while (now != null && now.loaded().size() > KEPT_VERSIONS) {
            remove(new ModelId(name, now.loaded().firstKey()));
            now = models.get(name);
        }
    }

    private void remove(ModelId id) {
        Versions versions = models.get(id.name());
        ServedModel model = versions == null ? null : versions.loaded().get(id.version());
        if (versions != null && model != null) {
            set(id.name(), versions.without(id.version()));
            model.close();
            changes.unloaded(id);
            LOG.info("unloaded {}", id);
        }
    }

    private void set(String name, @Nullable Versions versions) {
        Map<String, Versions> changed = new TreeMap<>(models);
        if (versions == null) {
            changed.remove(name);
        } else {
            changed.put(name, versions);
        }
        models = changed;
        Map<String, Set<Origin>> lists = new TreeMap<>();
        for (ServedModel model : all()) {
            lists.merge(model.id().name(), model.config().origins(), (one, other) -> {
                Set<Origin> both = new HashSet<>(one);
                both.addAll(other);
                return both;
            });
        }
        lists.values().removeIf(Set::isEmpty);
        origins = lists;
    }

    private @Nullable ServedModel loaded(ModelId id) {
        Versions versions = models.get(id.name());
        return versions == null ? null : versions.loaded().get(id.version());
    }

    private UnknownModelException unknown(String name, @Nullable Integer version) {
        Versions versions = models.get(name);
        return new UnknownModelException(
                versions == null
                        ? "no model '" + name + "'" + Suggestion.sentence(name, models.keySet()) + " Loaded: "
                                + String.join(", ", models.keySet())
                        : "no version " + version + " of model '" + name + "'. Loaded: "
                                + versions.loaded().keySet());
    }
}
