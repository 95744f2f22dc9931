package architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import com.zaxxer.hikari.SQLExceptionOverride;
import hub.Hub;
import java.net.URL;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import simulators.Main;

/** Who may know whom. */
class ArchitectureTest {

    private static final String[] NEIGHBOURS =
            {"simulators.barista..", "simulators.dispatch..", "simulators.payment..", "simulators.shop..",
                "simulators.loyalty.."};

    /** What goes into the hub's jar. */
    private static final JavaClasses MAIN = in(Hub.class);
    /** The simulators, the stage, and all tests. */
    private static final JavaClasses BESIDE = in(Main.class);
    private static final JavaClasses SIMULATORS = BESIDE.that(resideInAPackage("simulators..").and(areNoTests()));
    private static final JavaClasses STAGE = BESIDE.that(resideInAnyPackage("embedded..", "demo..").and(areNoTests()));
    private static final JavaClasses BENCH = BESIDE.that(resideInAPackage("bench..").and(areNoTests()));
    private static final JavaClasses CHAOS = BESIDE.that(resideInAPackage("chaos..").and(areNoTests()));

    @Test
    void theHubKnowsNothingOfTheSimulatorsNorOfWhatTheyRunOn() {
        check(MAIN, noClasses().should().dependOnClassesThat().resideInAnyPackage("simulators..", "embedded..", "demo..", "kafka..",
                "org.apache.kafka.server..", "io.zonky..", "org.junit.."));
    }

    /** Whoever runs a hub may sit elsewhere. */
    @Test
    void theCommandLineStartsNoHubAndHasNoPartInOne() {
        check(MAIN, noClasses().that().resideInAPackage("cli..").should().dependOnClassesThat().resideInAnyPackage(
                "hub..", "routes..", "ledger..", "org.apache.camel..", "org.springframework.."));
        check(MAIN, noClasses().that().resideOutsideOfPackage("cli..").should().dependOnClassesThat()
                .resideInAnyPackage("picocli.."));
    }

    @Test
    void theRoutesDontKnowWhoEditsThem() {
        check(MAIN, noClasses().that().resideInAPackage("routes..").should().dependOnClassesThat()
                .resideInAPackage("edits.."));
    }

    @Test
    void anEditIsRefusedWithoutHttpAndItsApiAloneMakesAStatusOfIt() {
        check(MAIN, noClasses().that().resideInAPackage("edits..").and(not(simpleName("RoutesApi")))
                .should().dependOnClassesThat().areAssignableTo(routes.http.Problem.class));
    }

    @Test
    void theSimulatorsKnowOfTheHubItsContractAlone() {
        check(SIMULATORS, noClasses().should().dependOnClassesThat().resideInAnyPackage("hub..", "routes..", "ledger..",
                "embedded..", "demo..", "testbed..", "org.springframework..", "org.apache.camel.."));
    }

    /** Else one's mistake could hide another's. The shop alone knows how the payment system is asked for a payment. */
    @Test
    void noSimulatorKnowsAnother() {
        for (String one : NEIGHBOURS) {
            String[] others = Arrays.stream(NEIGHBOURS).filter(other -> !other.equals(one)).toArray(String[]::new);
            check(SIMULATORS, noClasses().that().resideInAPackage(one).should().dependOnClassesThat(
                    resideInAnyPackage(others).and(not(simpleName("PaymentRequest")))));
        }
    }

    @Test
    void theLedgerDecidesWithoutCamelKafkaOrHttp() {
        check(MAIN, noClasses().that().resideInAPackage("ledger..").should().dependOnClassesThat().resideInAnyPackage(
                "routes..", "hub..", "org.apache.camel..", "org.apache.kafka..", "io.cloudevents..",
                "jakarta.servlet..", "java.net.http..", "org.apache.hc..", "org.springframework.web..",
                "org.springframework.boot.."));
    }

    @Test
    void theContractKnowsNoneOfUsAndNoFramework() {
        check(MAIN, classes().that().resideInAPackage("contract..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("contract..", "java..", "tools.jackson.."));
    }

    @Test
    void theRoutesDontKnowWhoWiresThem() {
        check(MAIN, noClasses().that().resideInAPackage("routes..").should().dependOnClassesThat()
                .resideInAPackage("hub.."));
    }

    @Test
    void packagesHaveNoCycles() {
        check(MAIN, SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles());
        check(SIMULATORS, SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles());
    }

    @Test
    void theStageStartsTheHubAndLooksNoFurtherIn() {
        check(STAGE, noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("routes..", "ledger..", "testbed.."));
    }

    /** It judges by what is seen from outside; of the hub's inside it knows texts, to put mistakes in. */
    @Test
    void whoBreaksAndJudgesKnowsOfTheHubItsContractAlone() {
        check(CHAOS, noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("hub..", "routes..", "ledger..", "testbed.."));
    }

    @Test
    void whoMeasuresKnowsOfTheHubItsContractAlone() {
        check(BENCH, noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("hub..", "routes..", "ledger..", "testbed..", "chaos.."));
    }

    @Test
    void theHubSpeaksThroughItsLogAlone() {
        check(MAIN.that(DescribedPredicate.not(resideInAPackage("cli.."))),
                GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        check(MAIN, GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    @Test
    void nobodySleeps() {
        ArchRule rule = noClasses().should().callMethod(Thread.class, "sleep", long.class)
                .orShould().callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould().callMethod(TimeUnit.class, "sleep", long.class);
        check(MAIN, rule);
        check(BESIDE, rule);
    }

    @Test
    void namesSayWhatAThingIs() {
        ArchRule rule = noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper)");
        check(MAIN, rule);
        check(BESIDE, rule);
    }

    /** What is public is promised. The exceptions are made by frameworks, or their setters are called by Camel. */
    @Test
    void onlyWhatAnotherPackageNeedsIsPublic() {
        check(MAIN, classes().that().arePublic().and(areTopLevel()).and(areNotMadeByFrameworks())
                .should(Needed.byAnotherPackage(MAIN, BESIDE)));
    }

    private static DescribedPredicate<JavaClass> areTopLevel() {
        return DescribedPredicate.describe("are top level", JavaClass::isTopLevelClass);
    }

    private static DescribedPredicate<JavaClass> areNotMadeByFrameworks() {
        return DescribedPredicate.describe("are not made by frameworks",
                type -> !type.isAssignableTo(Endpoint.class) && !type.isAssignableTo(Serializer.class)
                        && !type.isAssignableTo(Deserializer.class) && !type.isAssignableTo(SQLExceptionOverride.class)
                        && !type.getSimpleName().endsWith("Options"));
    }

    private static DescribedPredicate<JavaClass> areNoTests() {
        return DescribedPredicate.describe("are no tests",
                type -> !type.getName().split("\\$")[0].matches(".*(Test|IT|Properties)"));
    }

    private static void check(JavaClasses classes, ArchRule rule) {
        assertThat(classes).as("the classes were found").isNotEmpty();
        rule.check(classes);
    }

    private static JavaClasses in(Class<?> one) {
        URL folder = one.getProtectionDomain().getCodeSource().getLocation();
        return new ClassFileImporter().importUrl(folder);
    }
}
