package org.lungo.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lungo.tests.fixture.BadUtils;

/** The directions of docs/architecture.md: imports go down only, never sideways. */
class ArchitectureTest {
    private static final List<List<String>> TIERS = List.of(
            List.of("tensor"),
            List.of("nn", "data"),
            List.of("loss", "optim", "preprocess"),
            List.of("model", "evaluate"),
            List.of("deploy"),
            List.of("train"),
            List.of("experiment"),
            List.of("cli"));
    private static final JavaClasses LUNGO = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(TIERS.stream()
                    .flatMap(List::stream)
                    .map(p -> "org.lungo." + p)
                    .toArray(String[]::new));

    @Test
    void seesEveryPackage() {
        for (List<String> tier : TIERS) {
            for (String name : tier) {
                assertThat(LUNGO.stream().anyMatch(c -> c.getPackageName().startsWith("org.lungo." + name)))
                        .as(name)
                        .isTrue();
            }
        }
    }

    @Test
    void importsGoDownOnly() {
        for (int i = 0; i < TIERS.size(); i++) {
            for (String name : TIERS.get(i)) {
                List<String> forbidden = new ArrayList<>();
                TIERS.get(i).stream().filter(other -> !other.equals(name)).forEach(forbidden::add);
                TIERS.subList(i + 1, TIERS.size()).forEach(forbidden::addAll);
                if (!forbidden.isEmpty()) {
                    noClasses()
                            .that()
                            .resideInAPackage("org.lungo." + name + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden.stream()
                                    .map(p -> "org.lungo." + p + "..")
                                    .toArray(String[]::new))
                            .check(LUNGO);
                }
            }
        }
    }

    @Test
    void servingLoadsNoTrainingCode() {
        noClasses()
                .that()
                .resideInAPackage("org.lungo.deploy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.lungo.optim..", "org.lungo.loss..", "org.lungo.train..")
                .check(LUNGO);
    }

    @Test
    void onlyTensorTouchesLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(LUNGO);
        LUNGO.stream()
                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(c -> c.getMethods().stream())
                .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(m -> assertThat(m.getRawReturnType().getName())
                        .as(m.getFullName())
                        .doesNotStartWith("org.bytedeco"));
    }

    @Test
    void hasNoPackageCycles() {
        slices().matching("org.lungo.(*)..").should().beFreeOfCycles().check(LUNGO);
    }

    @Test
    void coreKnowsNoCommandLineHttpOrSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.javalin..", "org.apache.spark..")
                .check(LUNGO);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.lungo.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "gc")
                .check(LUNGO);
    }

    @Test
    void namesSayWhatThingsAre() {
        check(LUNGO);
        assertThatThrownBy(() -> check(new ClassFileImporter().importClasses(BadUtils.class)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void keepsNoStaticState() {
        checkStatics(LUNGO);
        assertThatThrownBy(() -> checkStatics(new ClassFileImporter().importClasses(BadUtils.class)))
                .isInstanceOf(AssertionError.class);
    }

    private static void check(JavaClasses classes) {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Utils?|Helper|Manager)$")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract|Base|Default)[A-Z].*")
                .check(classes.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "named", c -> !c.getSimpleName().equals("Baseline"))));
    }

    private static void checkStatics(JavaClasses classes) {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(classes);
    }
}
