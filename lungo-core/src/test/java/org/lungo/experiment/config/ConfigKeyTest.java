package org.lungo.experiment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lungo.family.tables.training.TableConfig;
import tools.jackson.databind.JsonNode;

class ConfigKeyTest {
    record Silent(int epochs) {}

    record Small(
            @JsonPropertyDescription("Where.") Place place,

            @JsonPropertyDescription("How often, if at all.") @Nullable
            Integer perDay,

            @JsonPropertyDescription("Which.") List<Place.Kind> kinds,
            @JsonPropertyDescription("Weights.") Map<String, Double> weights,
            @JsonPropertyDescription("Others.") Map<String, Place> others) {}

    record Place(@JsonPropertyDescription("Its name.") String name) {
        enum Kind {
            CITY
        }
    }

    private static final ConfigFile<Small> FILE = new ConfigFile<>(
            new Small(new Place("Ulm"), null, List.of(), Map.of(), Map.of()),
            Map.of("weights", 0.0, "others", new Place("")),
            Map.of("place", "name", "others.*", "name"));

    @Test
    void saysWhatEveryKeyOfAnExperimentMeans() {
        List<ConfigKey> all = new ArrayList<>();
        collect(ConfigKey.of(TableConfig.DEFAULTS), all);
        assertThat(all).hasSizeGreaterThan(50);
        assertThat(all)
                .allSatisfy(key ->
                        assertThat(key.meaning()).as(key.path()).endsWith(".").doesNotContain("|"));
    }

    @Test
    void hasTheKeysThatTheBinderHas() {
        List<ConfigKey> all = new ArrayList<>();
        collect(ConfigKey.of(TableConfig.DEFAULTS), all);
        assertThat(all.stream().map(ConfigKey::path))
                .containsExactlyInAnyOrderElementsOf(paths("", ConfigFile.JSON.valueToTree(TableConfig.DEFAULTS)));
    }

    @Test
    void refusesAComponentWithoutMeaning() {
        assertThatThrownBy(() -> ConfigKey.of(new Silent(3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the config key Silent.epochs must say what it means with @JsonPropertyDescription");
    }

    @Test
    void becomesASchema() {
        assertThat(ConfigFile.JSON.readTree(FILE.schema("Small"))).isEqualTo(ConfigFile.JSON.readTree("""
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "Small",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "place": {
                      "description": "Where.",
                      "oneOf": [
                        {"description": "Its name.", "type": ["string", "number", "boolean"]},
                        {
                          "type": "object",
                          "additionalProperties": false,
                          "properties": {
                            "name": {
                              "description": "Its name.",
                              "type": ["string", "number", "boolean"],
                              "default": "Ulm"
                            }
                          }
                        }
                      ]
                    },
                    "per_day": {
                      "description": "How often, if at all.",
                      "type": ["integer", "null"],
                      "default": null
                    },
                    "kinds": {"description": "Which.", "type": "array", "items": {"enum": ["CITY"]}, "default": []},
                    "weights": {
                      "description": "Weights.",
                      "type": "object",
                      "additionalProperties": {"type": "number"},
                      "default": {}
                    },
                    "others": {
                      "description": "Others.",
                      "type": "object",
                      "additionalProperties": {
                        "oneOf": [
                          {"description": "Its name.", "type": ["string", "number", "boolean"]},
                          {
                            "type": "object",
                            "additionalProperties": false,
                            "properties": {
                              "name": {
                                "description": "Its name.",
                                "type": ["string", "number", "boolean"],
                                "default": null
                              }
                            }
                          }
                        ]
                      },
                      "default": {}
                    },
                    "track": {
                      "description": "Where a training shows its values while it runs; results do not depend on it.",
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "tensorboard": {
                          "description": "Whether event files for TensorBoard are written, to `tensorboard` in the folder of the run.",
                          "type": "boolean",
                          "default": false
                        },
                        "mlflow": {
                          "description": "The address of an MLflow tracking server, such as `http://localhost:5000`; null for none.",
                          "type": ["string", "number", "boolean", "null"],
                          "default": null
                        }
                      }
                    }
                  }
                }"""));
    }

    @Test
    void becomesAPage() {
        assertThat(FILE.reference("# Small\n")).isEqualTo("""
                # Small

                ## Top level

                | key | type | default | meaning |
                |---|---|---|---|
                | `place` | section |  | Where. |
                | `per_day` | whole number | `null` | How often, if at all. |
                | `kinds` | list of `CITY` | `[]` | Which. |
                | `weights` | from name to number | `{}` | Weights. |
                | `others` | from name to section | `{}` | Others. |
                | `track` | section |  | Where a training shows its values while it runs; results do not depend on it. |

                ## place

                Where. `place: VALUE` is short for `place: {name: VALUE}`.

                | key | type | default | meaning |
                |---|---|---|---|
                | `place.name` | text | `"Ulm"` | Its name. |

                ## others

                Others. `others.*: VALUE` is short for `others.*: {name: VALUE}`.

                | key | type | default | meaning |
                |---|---|---|---|
                | `others.*.name` | text | `null` | Its name. |

                ## track

                Where a training shows its values while it runs; results do not depend on it.

                | key | type | default | meaning |
                |---|---|---|---|
                | `track.tensorboard` | true or false | `false` | Whether event files for TensorBoard are written, to \
                `tensorboard` in the folder of the run. |
                | `track.mlflow` | text | `null` | The address of an MLflow tracking server, such as \
                `http://localhost:5000`; null for none. |
                """);
    }

    private static void collect(List<ConfigKey> keys, List<ConfigKey> all) {
        keys.forEach(key -> {
            all.add(key);
            if (key.isSection()) {
                collect(key.keys(), all);
            }
        });
    }

    private static List<String> paths(String prefix, JsonNode section) {
        List<String> paths = new ArrayList<>();
        section.properties().forEach(entry -> {
            paths.add(prefix + entry.getKey());
            paths.addAll(paths(prefix + entry.getKey() + ".", entry.getValue()));
        });
        return paths;
    }
}
