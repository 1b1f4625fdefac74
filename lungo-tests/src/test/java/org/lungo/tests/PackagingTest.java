package org.lungo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files around the archives say what the server does; the archives themselves are proven by packaging/smoke. */
@Tag("slow")
class PackagingTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    @SuppressWarnings("unchecked")
    void kubernetesAsksTheRoutesOfTheServer() throws IOException {
        Load yaml = new Load(LoadSettings.builder().build());
        Map<String, Object> deployment = (Map<String, Object>) yaml.loadAllFromString(read("packaging/kubernetes.yaml"))
                .iterator()
                .next();
        Map<String, Object> pod = (Map<String, Object>) at(deployment, "spec", "template", "spec");
        Map<String, Object> container = ((List<Map<String, Object>>) pod.get("containers")).get(0);
        assertThat(at(container, "readinessProbe", "httpGet", "path")).isEqualTo("/v2/health/ready");
        assertThat(at(container, "livenessProbe", "httpGet", "path")).isEqualTo("/v2/health/live");
        assertThat(read("docs/serving.md")).contains("/v2/health/live").contains("/v2/health/ready");
        int drain = Integer.parseInt(((List<String>) container.get("args")).get(7));
        assertThat((int) pod.get("terminationGracePeriodSeconds")).isGreaterThan(drain + 5);
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
    }

    /** Whatever answers for a model is in the archive for serving alone; what learns, and exports, are not. */
    @Test
    void theServersArchiveHoldsEveryFamily() throws IOException {
        assertThat(read("lungo-core/pom.xml"))
                .contains(
                        "<include>org/lungo/deploy/**</include>",
                        "<include>org/lungo/family/**</include>",
                        "<exclude>org/lungo/family/Studies*</exclude>",
                        "<exclude>org/lungo/family/*/training/**</exclude>",
                        "<exclude>org/lungo/family/*/onnx/**</exclude>");
    }

    @Test
    void theDockerfileTakesWhatTheBuildMakes() throws IOException {
        String dockerfile = read("packaging/Dockerfile");
        assertThat(dockerfile)
                .contains("ADD lungo-serve.tar.gz")
                .contains("USER 10001")
                .contains("HEALTHCHECK");
        assertThat(read("lungo-cli/pom.xml")).contains("<finalName>lungo-serve</finalName>");
        assertThat(read("packaging/serve.xml"))
                .contains("<baseDirectory>lungo-serve</baseDirectory>")
                .contains("packaging/bin/healthcheck");
    }

    private static Object at(Map<String, Object> map, String... path) {
        Object value = map;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return value;
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
