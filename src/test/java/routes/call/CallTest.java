package routes.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.DispatchApi;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testbed.NeighbourServer;

/** {@code call:} in a route of its own, against a real server. */
class CallTest extends CamelTestSupport {

    private static final byte[] ANSWER = "{}".getBytes();

    private final NeighbourServer neighbour = new NeighbourServer();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        camel.addComponent("call", new CallComponent(new Breakers(new SimpleMeterRegistry())));
        return camel;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:once").to("call:" + neighbour.url() + "/once?timeout=5s&retries=0");
                from("direct:impatient").to("call:" + neighbour.url() + "/impatient?timeout=300ms&retries=0");
                from("direct:thrice").to("call:" + neighbour.url() + "/thrice?timeout=5s&retries=2");
                from("direct:of-many").setProperty(CallEndpoint.ORDERS, constant(1000))
                        .to("call:" + neighbour.url() + "/of-many?timeout=5s&retries=0");
                from("direct:of-a-store").setProperty(CallEndpoint.STORE, header("store"))
                        .to("call:" + neighbour.url() + "/of-a-store?timeout=5s&retries=1");
                from("direct:nobody-of-a-store").setProperty(CallEndpoint.STORE, header("store"))
                        .to("call:http://127.0.0.1:1/nobody?retries=0");
                from("direct:nobody").to("call:http://127.0.0.1:1/nobody?retries=0");
            }
        };
    }

    @AfterEach
    void stopNeighbour() {
        neighbour.close();
    }

    @Test
    void anAnswerIsTheBodyAfterwards() {
        neighbour.answers("/once", request -> ANSWER);

        assertThat(ask("direct:once")).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.body()).isEqualTo(ANSWER));
        assertThat(neighbour.wasAsked("/once", "store-1")).isTrue();
    }

    @Test
    void aFailureIsRepeatedAsOftenAsTheRouteSays() {
        AtomicInteger asked = new AtomicInteger();
        neighbour.answers("/thrice", request -> asked.incrementAndGet() < 3 ? null : ANSWER);

        assertThat(ask("direct:thrice")).isInstanceOf(Answer.Answered.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    void aNeighbourThatHangsCountsAsSilentAfterTheTimeOut() {
        CountDownLatch testOver = new CountDownLatch(1);
        neighbour.answers("/impatient", request -> {
            try {
                testOver.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ANSWER;
        });

        assertThat(ask("direct:impatient")).isEqualTo(new Answer.NoAnswer("time-out", Answer.Because.SILENT));
        testOver.countDown();
    }

    @Test
    void anAnswerTooLongToKeepIsNotHeardOutNorAskedForAgain() {
        neighbour.answers("/thrice", request -> new byte[20 * 64 * 1024]);

        for (int call = 1; call <= 12; call++) {
            assertThat(ask("direct:thrice"))
                    .isEqualTo(new Answer.NoAnswer("answer of more than 64 kB", Answer.Because.CONTENT));
            assertThat(neighbour.requests("/thrice")).hasSize(call);
        }
    }

    @Test
    void theLongestAnswerIsTaken() {
        int longest = CallProducer.longestAnswer(1000);
        neighbour.answers("/of-many", request -> new byte[longest]);
        assertThat(ask("direct:of-many")).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.body()).hasSize(longest));

        neighbour.answers("/of-many", request -> new byte[longest + 1]);
        assertThat(ask("direct:of-many")).isEqualTo(new Answer.NoAnswer("answer of more than 8000 kB", Answer.Because.CONTENT));
    }

    @Test
    void anAnswerForWhichThereIsNoMemoryIsNoneAndSpeaksAgainstNobody() {
        neighbour.answers("/once", request -> new byte[1000]);
        CallComponent calls = context().getComponent("call", CallComponent.class);
        try (AnswerMemoryLimit.Share all = calls.room().share(Integer.MAX_VALUE)) {
            all.take((int) (Runtime.getRuntime().maxMemory() / 16));
            for (int i = 0; i < 20; i++) {
                assertThat(ask("direct:once")).isInstanceOfSatisfying(Answer.NoAnswer.class,
                        none -> assertThat(none.because()).isEqualTo(Answer.Because.UNASKED));
            }
            assertThat(neighbour.requests("/once")).as("it was asked each time").hasSize(20);
        }
        assertThat(ask("direct:once")).isInstanceOf(Answer.Answered.class);
    }

    @Test
    void storesThatAreBrokenKeepNoOtherFromBeingAsked() {
        neighbour.answers("/of-a-store", request -> null);
        for (int store = 0; store < 30; store++) {
            assertThat(askOf("direct:of-a-store", "broken-" + store))
                    .isEqualTo(new Answer.NoAnswer("status 500", Answer.Because.STORE));
        }
        assertThat(askOf("direct:of-a-store", "broken-0")).isEqualTo(new Answer.NoAnswer("status 500", Answer.Because.STORE));
        int asked = neighbour.requests("/of-a-store").size();
        assertThat(askOf("direct:of-a-store", "broken-0"))
                .isEqualTo(new Answer.NoAnswer("circuit of its store open", Answer.Because.STORE));
        assertThat(neighbour.requests("/of-a-store")).as("a store that keeps failing is left alone").hasSize(asked);

        neighbour.answers("/of-a-store", request -> ANSWER);
        assertThat(askOf("direct:of-a-store", "well")).isInstanceOf(Answer.Answered.class);
    }

    @Test
    void anAddressThatIsDownIsLeftAloneWhicheverStoreACallIsOf() {
        for (int store = 0; store < 10; store++) {
            assertThat(askOf("direct:nobody-of-a-store", "store-" + store))
                    .isEqualTo(new Answer.NoAnswer("not reachable", Answer.Because.SILENT));
        }
        assertThat(askOf("direct:nobody-of-a-store", "another"))
                .isEqualTo(new Answer.NoAnswer("circuit open", Answer.Because.UNASKED));
    }

    @Test
    void aNeighbourThatKeepsFailingIsLeftAloneForAWhile() {
        for (int i = 0; i < 10; i++) {
            assertThat(ask("direct:once")).isEqualTo(new Answer.NoAnswer("status 500", Answer.Because.SILENT));
        }

        int asked = neighbour.requests("/once").size();
        assertThat(ask("direct:once")).isEqualTo(new Answer.NoAnswer("circuit open", Answer.Because.UNASKED));
        assertThat(neighbour.requests("/once")).hasSize(asked);
    }

    @Test
    void aNeighbourThatRefusesIsWellAndIsAskedAgain() {
        neighbour.answersStatus("/thrice", 422);
        for (int i = 0; i < 20; i++) {
            assertThat(ask("direct:thrice")).isEqualTo(new Answer.NoAnswer("status 422", Answer.Because.CONTENT));
        }

        assertThat(neighbour.requests("/thrice")).hasSize(20);
    }

    @Test
    void nobodyThereIsAnAnswerToo() {
        assertThat(ask("direct:nobody")).isEqualTo(new Answer.NoAnswer("not reachable", Answer.Because.SILENT));
    }

    @Test
    void anAddressOrAnOptionThatMakesNoSenseIsRefusedWhenTheRouteIsLoaded() {
        assertThatThrownBy(() -> context().getEndpoint("call:nowhere"))
                .isInstanceOf(ResolveEndpointFailedException.class).rootCause().hasMessageContaining("needs an address");
        assertThatThrownBy(() -> context().getEndpoint("call:http://127.0.0.1/x?timeuot=3s"))
                .isInstanceOf(ResolveEndpointFailedException.class).hasMessageContaining("timeuot");
        assertThatThrownBy(() -> context().getEndpoint("call:http://127.0.0.1/x?retries=99"))
                .isInstanceOf(ResolveEndpointFailedException.class);
    }

    private Answer askOf(String route, String store) {
        return template().requestBodyAndHeader(route, new DispatchApi.EstimateRequest("order-1", store), "store", store,
                Answer.class);
    }

    private Answer ask(String route) {
        return template().requestBody(route, new DispatchApi.EstimateRequest("order-1", "store-1"), Answer.class);
    }
}
