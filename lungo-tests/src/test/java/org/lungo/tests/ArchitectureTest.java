package org.lungo.tests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.deploy.fixture.BreaksDeploy;
import org.lungo.family.Families;
import org.lungo.family.tables.onnx.OnnxScorer;
import org.lungo.loss.fixture.CycleInLoss;
import org.lungo.nn.fixture.BreaksNn;
import org.lungo.optim.fixture.CycleInOptim;
import org.lungo.server.http.CycleInHttp;
import org.lungo.server.openai.CycleInOpenAi;
import org.lungo.tensor.fixture.BreaksTensor;
import org.lungo.tests.fixture.BadNames;
import org.lungo.tests.fixture.StaticState;
import org.lungo.train.fixture.BreaksTrain;

/**
 * The directions of docs/architecture.md: imports go down only, never sideways. Every rule is also shown classes that
 * break it, and must say so.
 */
class ArchitectureTest {
    private static final List<List<String>> TIERS = List.of(
            List.of("tensor"),
            List.of("nn", "data"),
            List.of("loss", "optim", "preprocess"),
            List.of("model", "evaluate"),
            List.of("deploy"),
            List.of("train"),
            List.of("experiment"),
            List.of("family"),
            List.of("server"),
            List.of("cli"));
    private static final JavaClasses LUNGO = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lungo");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("org.lungo");

    @Test
    void seesEveryPackageAndNoOther() {
        assertThat(LUNGO.stream()
                        .map(c -> c.getPackageName().split("\\.")[2])
                        .distinct()
                        .toList())
                .containsExactlyInAnyOrderElementsOf(
                        TIERS.stream().flatMap(List::stream).toList());
    }

    @Test
    void importsGoDownOnly() {
        for (int i = 0; i < TIERS.size(); i++) {
            for (String name : TIERS.get(i)) {
                List<String> forbidden = new ArrayList<>();
                TIERS.get(i).stream().filter(other -> !other.equals(name)).forEach(forbidden::add);
                TIERS.subList(i + 1, TIERS.size()).forEach(forbidden::addAll);
                if (!forbidden.isEmpty()) {
                    importsNone(name, forbidden).check(LUNGO);
                }
            }
        }
        assertThat(breaks(importsNone("tensor", List.of("nn")), BreaksTensor.class.getName() + "$ImportsUp"))
                .isTrue();
        assertThat(breaks(importsNone("nn", List.of("data")), BreaksNn.class.getName() + "$ImportsSideways"))
                .isTrue();
    }

    @Test
    void servingLoadsNoTrainingCode() {
        holdsExceptFor(importsNone("deploy", List.of("optim", "loss", "train")), BreaksDeploy.class);
        importsNone("server", List.of("optim", "loss", "train", "experiment", "evaluate", "family.*.training"))
                .check(LUNGO);
        ArchRule answering = noClasses()
                .that()
                .resideInAPackage("org.lungo.family.*..")
                .and()
                .resideOutsideOfPackage("org.lungo.family.*.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.lungo.optim..",
                        "org.lungo.loss..",
                        "org.lungo.train..",
                        "org.lungo.experiment..",
                        "org.lungo.evaluate..",
                        "org.lungo.family.*.training..");
        answering.check(LUNGO);
        assertThat(breaks(answering, "org.lungo.family.first.KnowsTraining")).isTrue();
    }

    @Test
    void familiesDoNotKnowEachOther() {
        ArchRule rule = slices().matching("org.lungo.family.(*)..").should().notDependOnEachOther();
        rule.check(LUNGO);
        assertThat(breaks(rule, "org.lungo.family.first.KnowsSecond", "org.lungo.family.second.Known"))
                .isTrue();
    }

    /** The registry finds out whose a model is; the rest of the server asks what it can do. */
    @Test
    void theServerKnowsNoFamily() {
        ArchRule families = noClasses()
                .that()
                .resideInAPackage("org.lungo.server..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.lungo.family..")
                        .and(DescribedPredicate.not(equivalentTo(Families.class))));
        families.check(LUNGO);
        for (String part : List.of("registry", "openai")) {
            assertThat(breaks(families, "org.lungo.server." + part + ".KnowsFamily"))
                    .as(part)
                    .isTrue();
        }
        ArchRule list = noClasses()
                .that()
                .resideInAPackage("org.lungo.server..")
                .and()
                .resideOutsideOfPackage("org.lungo.server.registry..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Families.class);
        list.check(LUNGO);
        assertThat(breaks(list, "org.lungo.server.openai.FindsFamilies")).isTrue();
    }

    /** Those below it serve every kind of model. */
    @Test
    void onlyOpenAisPartOfTheServerKnowsTexts() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(
                        "org.lungo.server.registry..", "org.lungo.server.metrics..", "org.lungo.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.lungo.deploy.text..", "org.lungo.server.openai..");
        rule.check(LUNGO);
        assertThat(breaks(rule, "org.lungo.server.http.KnowsTexts")).isTrue();
        assertThat(breaks(rule, "org.lungo.server.http.CycleInHttp")).isTrue();
    }

    @Test
    void onlyTensorTouchesLibtorch() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..");
        rule.check(LUNGO);
        assertThat(breaks(rule, BreaksNn.class.getName() + "$TouchesLibtorch")).isTrue();
    }

    @Test
    void onlyItsPackageTouchesTheTokenizersLibrary() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.preprocess.tokenizer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..");
        rule.check(LUNGO);
        assertThat(breaks(rule, BreaksNn.class.getName() + "$TouchesTokenizers"))
                .isTrue();
    }

    @Test
    void onlyTheExportTouchesOnnx() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.family.tables.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnx..", "ai.onnxruntime..", "org.tribuo..");
        rule.check(LUNGO);
        assertThat(breaks(rule, BreaksNn.class.getName() + "$TouchesOnnx")).isTrue();
        ArchRule messages = noClasses()
                .that()
                .resideOutsideOfPackages("org.lungo.family.tables.onnx..", "org.lungo.experiment.track..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.protobuf..");
        messages.check(LUNGO);
        assertThat(breaks(messages, BreaksNn.class.getName() + "$TouchesProtobuf"))
                .isTrue();
        ArchRule runtime = noClasses()
                .that()
                .doNotHaveFullyQualifiedName(OnnxScorer.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..");
        runtime.check(LUNGO);
    }

    @Test
    void noPublicSignatureShowsLibtorch() {
        ArchRule rule = classes().that().arePublic().should(new HideLibtorch());
        rule.check(LUNGO);
        String fixture = BreaksTensor.class.getName();
        for (String name : List.of("ReturnsLibtorch", "TakesLibtorch", "BuiltFromLibtorch", "ShowsLibtorch")) {
            assertThat(breaks(rule, fixture + "$" + name)).as(name).isTrue();
        }
        assertThat(breaks(rule, fixture + "$HidesLibtorch")).isFalse();
    }

    @Test
    void hasNoPackageCycles() {
        ArchRule rule = slices().matching("org.lungo.(*)..").should().beFreeOfCycles();
        rule.check(LUNGO);
        assertThat(breaks(rule, CycleInLoss.class.getName(), CycleInOptim.class.getName()))
                .isTrue();
        ArchRule server = slices().matching("org.lungo.server.(*)..").should().beFreeOfCycles();
        server.check(LUNGO);
        assertThat(breaks(server, CycleInHttp.class.getName(), CycleInOpenAi.class.getName()))
                .isTrue();
    }

    /** All its parts know {@code deploy}, so it knows none of them. */
    @Test
    void deployKnowsNoneOfItsParts() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.lungo.deploy")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.lungo.deploy.*..");
        rule.check(LUNGO);
        assertThat(breaks(rule, "org.lungo.deploy.KnowsText")).isTrue();
    }

    /** Every family answers through it, so it knows none of them. */
    @Test
    void theQueueKnowsNoKindOfModel() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.lungo.deploy.serving..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.lungo.deploy.*..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(
                                "org.lungo.deploy.serving..", "org.lungo.deploy.batch..")));
        rule.check(LUNGO);
        assertThat(breaks(rule, "org.lungo.deploy.serving.KnowsText")).isTrue();
    }

    @Test
    void theJournalOfBatchesKnowsNoKindOfModel() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.lungo.deploy.batch..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("org.lungo.deploy..", "org.lungo.model..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("org.lungo.deploy.batch..")));
        rule.check(LUNGO);
        assertThat(breaks(rule, "org.lungo.deploy.batch.KnowsModels")).isTrue();
    }

    /** So that it can be moved, and templates of strangers reach nothing. */
    @Test
    void templatesKnowTheJdkAlone() {
        ArchRule rule = classes()
                .that()
                .resideInAPackage("org.lungo.deploy.template..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.lungo.deploy.template..",
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.util..",
                        "java.math",
                        "java.time..",
                        "org.jspecify.annotations");
        rule.check(LUNGO);
        assertThat(breaks(rule, "org.lungo.deploy.template.KnowsFiles")).isTrue();
    }

    @Test
    void coreKnowsNoCommandLineHttpOrSpark() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages("org.lungo.cli..", "org.lungo.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.javalin..", "org.eclipse.jetty..", "org.apache.spark..");
        rule.check(LUNGO);
        assertThat(breaks(rule, BreaksTrain.class.getName() + "$ReadsArguments"))
                .isTrue();
    }

    @Test
    void onlyTheCommandLinePrints() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "gc");
        rule.check(LUNGO);
        for (String name : List.of("PrintsOut", "PrintsErr", "CallsTheCollector")) {
            assertThat(breaks(rule, BreaksTrain.class.getName() + "$" + name))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void namesSayWhatThingsAre() {
        ArchRule rule = classes()
                .should()
                .haveNameNotMatching(".*(Impl|Utils?|Helper|Manager)$")
                .andShould()
                .haveNameNotMatching(".*[.$](Abstract|Base|Default)[A-Z].*");
        rule.check(LUNGO);
        for (Class<?> fixture : BadNames.class.getDeclaredClasses()) {
            assertThat(breaks(rule, fixture.getName()))
                    .as(fixture.getName())
                    .isNotEqualTo(fixture.getSimpleName().equals("Baseline"));
        }
    }

    @Test
    void keepsNoStaticState() {
        ArchRule rule = fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal();
        rule.check(LUNGO);
        assertThat(breaks(rule, StaticState.class.getName())).isTrue();
    }

    private static ArchRule importsNone(String name, List<String> forbidden) {
        return noClasses()
                .that()
                .resideInAPackage("org.lungo." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        forbidden.stream().map(p -> "org.lungo." + p + "..").toArray(String[]::new));
    }

    /** The rule holds for the project, and each class nested in {@code fixture} breaks it. */
    private static void holdsExceptFor(ArchRule rule, Class<?> fixture) {
        rule.check(LUNGO);
        for (Class<?> nested : fixture.getDeclaredClasses()) {
            assertThat(breaks(rule, nested.getName())).as(nested.getName()).isTrue();
        }
    }

    private static boolean breaks(ArchRule rule, String... names) {
        JavaClasses fixtures = TESTS.that(
                DescribedPredicate.describe("fixtures", c -> List.of(names).contains(c.getName())));
        assertThat(fixtures.size()).isEqualTo(names.length);
        return rule.evaluate(fixtures).hasViolation();
    }
}
