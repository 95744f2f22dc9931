package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import edits.EditReport;
import edits.Proposal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A route file is no program: in every place where an address, an expression or a bean could hide, it is refused. */
class ForbiddenTest {

    private static final List<String> URIS = List.of("exec:rm", "file:/etc", "sql:select 1", "jdbc:dataSource",
            "bean:hubSettings", "class:java.lang.Runtime", "language:groovy:x", "http://evil.example/", "direct:parked-replay",
            "seda:x", "log:x", "controlbus:route?routeId=made&action=stop", "kamelet:x", "quartz:x", "servlet:x",
            "kafka:other_topic", "kafka:lucky_x?brokers=evil.example:9092", "kafka:${header.CamelKafkaTopic}",
            "toD:kafka:lucky_x", "call:http://evil.example/x", "call:{{barista.url}}@evil.example/x",
            "call:{{barista.url}}.evil.example/x", "call:{{barista.url}}/../x", "call:{{barista.url}}/x?y=z",
            "call:{{hub.tokens.operator}}/x", "call:{{env:HUB_TOKEN}}", "call:{{sys:user.home}}", "call:{{bean:x}}",
            "call:{{barista.url:http://evil.example}}/x", "call:file:///etc/passwd", "call:http://points.example@evil.example/",
            "{{barista.url}}", "#bean:x", "ref:x", "ledger:paid?batch=1", "rest:get:x", "direct:x", "stub:x", "mock:x");

    private static final List<String> STEPS = List.of(
            "toD: {uri: 'kafka:lucky_x'}", "enrich: {expression: {constant: {expression: 'file:/etc'}}}",
            "pollEnrich: {expression: {constant: {expression: 'file:/etc'}}}", "poll: {uri: 'file:/etc'}",
            "recipientList: {expression: {simple: {expression: '${header.to}'}}}",
            "routingSlip: {expression: {simple: {expression: '${header.to}'}}}",
            "dynamicRouter: {expression: {simple: {expression: '${bean:x}'}}}", "bean: {beanType: java.lang.Runtime}",
            "bean: {ref: hubSettings}", "script: {expression: {groovy: {expression: 'System.exit(1)'}}}",
            "setHeader: {name: CamelKafkaOverrideTopic, expression: {constant: {expression: x}}}",
            "setBody: {expression: {simple: {expression: '${body.getClass()}'}}}",
            "filter: {expression: {simple: {expression: '${body.amount} > 100'}}, steps: []}",
            "choice: {when: []}", "doTry: {steps: []}", "split: {expression: {simple: {expression: '${body}'}}}",
            "onFallback: {steps: []}", "circuitBreaker: {steps: []}", "kamelet: {name: x}", "removeHeaders: {pattern: '*'}",
            "log: {message: '${env:HUB_TOKEN}'}", "threads: {}", "saga: {}", "stop: {}", "transform: {}", "convertBodyTo: {type: x}",
            "process: {ref: '#class:java.lang.Runtime'}", "process: {ref: '#bean:hubSettings'}", "process: hubSettings",
            "to: kafka:lucky_x", "to: {uri: 'kafka:lucky_x', disabled: true}", "to: {uri: 'kafka:lucky_x', variableSend: x}",
            "wireTap: {uri: 'kafka:lucky_x', onPrepare: '#class:x'}", "wireTap: {uri: 'kafka:lucky_x', executorService: x}",
            "to: {uri: 'kafka:lucky_x', parameters: {brokers: 'evil.example:9092'}}",
            "to: {uri: 'kafka:lucky_x', parameters: {headerFilterStrategy: '#class:x'}}",
            "to: {uri: 'kafka:lucky_x', parameters: {additionalProperties.sasl.jaas.config: x}}",
            "to: {uri: 'call:{{barista.url}}/x', parameters: {timeout: '{{env:X}}'}}",
            "to: {uri: 'call:{{barista.url}}/x', parameters: {timeout: '#bean:x'}}",
            "to: {uri: 'call:{{barista.url}}/x', parameters: {timeout: 'RAW(1s)'}}",
            "to: {uri: 'call:{{barista.url}}/x', parameters: {timeout: '{{routes.x:1s}}'}}",
            "<<: {uri: 'kafka:lucky_x'}", "to: {id: '{{env:HUB_TOKEN}}', uri: 'kafka:lucky_x'}",
            "to: {description: '{{sys:user.home}}', uri: 'kafka:lucky_x'}", "to: {id: '${bean:x}', uri: 'kafka:lucky_x'}",
            "to: {uri: 'rest-openapi:http://evil.example#x'}", "setVariable: {name: x}", "to: {uri: kafka, parameters: {topic: other}}",
            "to: {uri: 'kafka:lucky_x', parameters: {topic: other}}", "tokenizer: {}", "resequence: {}", "policy: {ref: x}",
            "to: {uri: 'kafka:lucky_x', parameters: {valueSerializer: '#type:x'}}",
            "to: {uri: 'kafka:lucky_x', parameters: {brokers: '{{env:BROKERS}}'}}");

    private static final List<String> ENTRIES = List.of(
            "- beans: [{name: x, type: java.lang.Runtime}]", "- rest: {get: [{path: /x, to: {uri: 'direct:x'}}]}",
            "- restConfiguration: {component: servlet}", "- onException: {exception: [java.lang.Exception]}",
            "- errorHandler: {deadLetterChannel: {deadLetterUri: 'file:/x'}}", "- routeConfiguration: {id: x}",
            "- routeTemplate: {id: x, from: {uri: 'file:/x', steps: []}}", "- templatedRoute: {routeTemplateRef: x}",
            "- from: {uri: 'file:/x', steps: []}", "- intercept: {steps: []}", "- interceptFrom: {uri: 'kafka:*'}",
            "- interceptSendToEndpoint: {uri: 'kafka:*'}", "- onCompletion: {steps: []}", "- dataFormats: {}",
            "- transformers: {}", "- sslContextParameters: {}", "- apiVersion: camel.apache.org/v1");

    private static final List<String> ROUTE_KEYS = List.of("errorHandler: {noErrorHandler: {}}", "errorHandlerRef: x",
            "routePolicyRef: x", "routeConfigurationId: x", "autoStartup: 'false'", "precondition: x", "startupOrder: 1",
            "streamCache: 'true'", "routeProperty: [{key: x, value: '{{env:HUB_TOKEN}}'}]", "shutdownRoute: Defer", "inputType: {urn: x}");

    private static final List<String> FROM_PARAMETERS = List.of("exceptionHandler: '#class:java.lang.Runtime'",
            "exchangePattern: InOut", "bridgeErrorHandler: 'true'", "autoCommitEnable: 'true'", "breakOnFirstError: 'false'",
            "kafkaManualCommitFactory: '#x'", "brokers: 'evil.example:9092'", "groupId: '{{env:HUB_TOKEN}}'",
            "consumersCount: 1000000", "maxPollRecords: 0");

    @TestFactory
    Stream<DynamicTest> inEveryAddress() {
        return URIS.stream().flatMap(uri -> Stream.of("to", "wireTap").map(step -> refused(step + " " + uri,
                pushed("        - " + step + ":\n            uri: '" + uri + "'\n"))));
    }

    @TestFactory
    Stream<DynamicTest> whereARouteBegins() {
        return URIS.stream().map(uri -> refused("from " + uri, EditedRoutes.shipped().adding("x.yaml",
                EditedRoutes.ADDED.replace("uri: ledger:paid", "uri: '" + uri + "'"))));
    }

    @TestFactory
    Stream<DynamicTest> inEveryOtherStep() {
        return STEPS.stream().map(step -> refused(step, pushed("        - " + step + "\n")));
    }

    @TestFactory
    Stream<DynamicTest> besideTheRoutes() {
        return ENTRIES.stream().map(entry -> refused(entry, EditedRoutes.shipped().adding("x.yaml", EditedRoutes.ADDED + entry + "\n")));
    }

    @TestFactory
    Stream<DynamicTest> inTheRouteItself() {
        return ROUTE_KEYS.stream().map(key -> refused(key, EditedRoutes.shipped().replacing("    id: made\n",
                "    id: made\n    " + key + "\n")));
    }

    @TestFactory
    Stream<DynamicTest> inWhatIsOnlySaid() {
        // The last makes a terminal forget what it has shown.
        return Stream.of("{{env:HUB_TOKEN}}", "{{sys:user.home}}", "{{bean:x}}", "{{file:/etc/passwd}}", "${env:HUB_TOKEN}",
                "\\e[2J").map(text -> refused(text, EditedRoutes.shipped().adding("x.yaml", EditedRoutes.ADDED.replace(
                        "订单→咖啡师 门店7 (a paid order of store 7)", "\"订单→咖啡师 x" + text + "\""))));
    }

    /** What other programs keep in the environment is no address of a neighbour, and nobody's to read. */
    @Test
    void aSettingThatIsNoAddressIsNotAskedAndNotShown() {
        for (String secret : List.of("postgres://hub:s3cret@db/hub", "jdbc:postgresql://db/hub?password=s3cret", "s3cret")) {
            RoutePolicy policy = new RoutePolicy(Set.of(), Set.of(), Set.of(), RoutePolicy.TOPICS, name -> Optional.of(
                    name.equals("database.url") ? secret : Placeholders.shipped().getOrDefault(name, "30s")), true);
            List<RouteFile> files = EditedRoutes.shipped().replacing("{{barista.url}}/estimates", "{{database.url}}/x").files();

            EditReport report = new Proposal(policy).judge(Proposal.shipped(), files);

            assertThat(report.passed()).isFalse();
            assertThat(report.toString()).contains("{{database.url}} is no address that routes may use")
                    .doesNotContain("s3cret");
        }
    }

    /** Also one that the installation lists: what is said of a wrong value is the kind that is wanted. */
    @Test
    void whatASettingHoldsIsNotSaid() {
        RoutePolicy policy = new RoutePolicy(Set.of(), Set.of("kafka-2.example"), Set.of("webhook.url"), RoutePolicy.TOPICS,
                name -> Optional.of(name.equals("webhook.url") ? "sftp://s3cret" : name.startsWith("routes.")
                        ? "s3cret.example:9092" : Placeholders.shipped().getOrDefault(name, "s3cret")), true);
        for (EditedRoutes edited : List.of(
                EditedRoutes.shipped().replacing("{{barista.url}}/estimates", "{{webhook.url}}/x"),
                EditedRoutes.shipped().replacing("timeout: 800ms", "timeout: '{{routes.timeout}}'"),
                EditedRoutes.shipped().replacing("{{pull.unaccepted.every}}", "{{pull.secret.every}}"),
                EditedRoutes.shipped().replacing("{{pull.unaccepted.every}}", "{{pull.secret}}"),
                EditedRoutes.shipped().replacing("uri: kafka:lucky_order_to_barista_topic",
                        "uri: kafka:lucky_order_to_barista_topic\n"
                        + "            parameters:\n              brokers: '{{routes.brokers}}'"))) {
            EditReport report = new Proposal(policy).judge(Proposal.shipped(), edited.files());

            assertThat(report.passed()).isFalse();
            assertThat(report.toString()).contains("{{").doesNotContain("s3cret");
        }
    }

    @Test
    void whatAStartFailsWithNamesASettingAndNotWhatItHolds() {
        RoutePolicy policy = new RoutePolicy(Set.of(), Set.of(), Set.of(), RoutePolicy.TOPICS, name ->
                Optional.of(switch (name) {
            case "barista.url" -> "http://hub:s3cret@barista.example:8443/v1";
            case "routes.brokers" -> "kafka-7.example:9092";
            default -> "30s";
        }), true);
        List<RouteFile> files = List.of(new RouteFile("x.yaml", "# {{barista.url}} {{routes.brokers}} {{pull.made.every}}"));

        assertThat(Placeholders.quoting(files, policy)
                .apply("no answer from http://hub:s3cret@barista.example:8443/v1/orders, as in 30s"))
                .isEqualTo("no answer from {{barista.url}}/orders, as in 30s");
        assertThat(Placeholders.quoting(files, policy)
                .apply("barista.example:8443 refused; invalid url kafka-7.example:9092"))
                .isEqualTo("{{barista.url}} refused; invalid url {{routes.brokers}}");
    }

    @Test
    void aPasswordInANeighboursAddressIsNotShown() {
        RoutePolicy policy = new RoutePolicy(Set.of(), Set.of(), Set.of(), RoutePolicy.TOPICS, name ->
                Optional.of(name.equals("barista.url")
                ? "http://hub:s3cret@barista.example" : Placeholders.shipped().getOrDefault(name, "30s")), true);

        EditReport report = new Proposal(policy).judge(Proposal.shipped(),
                EditedRoutes.shipped().replacingIn("pull-unaccepted", "timeout: 3s", "timeout: 4s").files());

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.toString()).contains("asks {{barista.url}}/orders").doesNotContain("barista.example", "s3cret");
    }

    @TestFactory
    Stream<DynamicTest> inTheOptionsOfABeginning() {
        return FROM_PARAMETERS.stream().map(parameter -> refused(parameter, EditedRoutes.shipped().replacing(
                "        groupId: lucky-hub-made\n", "        groupId: lucky-hub-made\n        " + parameter + "\n")));
    }

    /** Behind the push of a paid order. */
    private static EditedRoutes pushed(String step) {
        String last = "            uri: kafka:lucky_order_to_barista_topic\n";
        return EditedRoutes.shipped().replacing(last, last + step);
    }

    private static DynamicTest refused(String name, EditedRoutes edited) {
        return DynamicTest.dynamicTest(name, edited::isRefused);
    }
}
