package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ledger.order.Change;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.Test;

/** What waits for a person: parked once, replayed or dismissed once, and each wish is in the audit. */
class LedgerParkedIT {

    private static final Actor MEI = new Actor("mei", "10.0.0.7");
    private static final Actor LI = new Actor("li", "10.0.0.8");
    private static final ParkedMessages.Reader UNREADABLE = message -> {
        throw new Unreadable("still no JSON");
    };

    private final LedgerFixture rig = LedgerFixture.shared().empty();
    private final ParkedMessages parked = new ParkedMessages(rig.ledger(), new Audit(rig.jdbc()));

    @Test
    void aReplayedMessageIsAppliedOnceHoweverOftenItIsAskedFor() {
        rig.apply(EventFixture.paid("1", "p"), EventFixture.made("1"));
        rig.impatient().parkOverdueEarly(10);
        rig.confirm("1", Kind.PICKUP);

        ReplayResult paid = parked.replay(idOf("Paid"), UNREADABLE, MEI, "the order came late");
        assertThat(paid.done()).isTrue();
        assertThat(paid.message().state()).isEqualTo(ParkedState.REPLAYED);
        assertThat(paid.message().last().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(parked.replay(idOf("Made"), UNREADABLE, MEI, null).done()).isTrue();
        Order made = rig.order("1");
        for (int i = 0; i < 3; i++) {
            ReplayResult again = parked.replay(idOf("Paid"), UNREADABLE, LI, null);
            assertThat(again.done()).isFalse();
            assertThat(again.message().last()).isEqualTo(paid.message().last());
        }

        assertThat(made.settled().as()).isEqualTo(Settlement.MADE);
        assertThat(rig.order("1")).isEqualTo(made);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.queries().timeline("1")).filteredOn(step -> step.way() == Way.REPLAY).extracting(Step::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        assertThat(rig.recorder().of("1")).containsOnlyOnce(Change.PAID, Change.MADE);
        assertThat(rig.queries().parked()).isZero();
    }

    @Test
    void whatNeedsAPersonAgainStaysParkedWithItsNewCauseAndIsParkedNoSecondTime() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 3199));
        long id = idOf("Paid");

        ReplayResult first = parked.replay(id, UNREADABLE, MEI, null);
        parked.replay(id, UNREADABLE, LI, "once more");

        assertThat(first.done()).isTrue();
        ParkedMessage message = only();
        assertThat(message.state()).isEqualTo(ParkedState.PARKED);
        assertThat(message.attempts()).isEqualTo(2);
        assertThat(message.cause()).startsWith("REFUSED: paid 3199 CNY");
        assertThat(message.last().by()).isEqualTo("li");
        assertThat(message.last().reason()).isEqualTo("once more");
        assertThat(message.last().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(rig.count("parked")).isEqualTo(1);
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.CONFIRMED);
    }

    @Test
    void aPaymentThatWasRefusedIsJudgedAnew() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 3199));
        rig.jdbc().sql("UPDATE orders SET amount = 3199").update();

        assertThat(rig.apply(EventFixture.paid("1", "p", 3199)).get(0).outcome()).as("its repetition is not")
                .isEqualTo(Outcome.DUPLICATE);
        assertThat(parked.replay(idOf("Paid"), UNREADABLE, MEI, null).message().last().outcome())
                .isEqualTo(Outcome.APPLIED);

        assertThat(rig.payment("p")).isEqualTo("APPLIED");
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.PAID);
    }

    @Test
    void moneyThatMustGoBackStaysParkedHoweverOftenItIsReplayed() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.paid("1", "q"));

        ReplayResult became = parked.replay(idOf("Paid"), UNREADABLE, MEI, null);

        assertThat(became.message().state()).isEqualTo(ParkedState.PARKED);
        assertThat(became.message().last().outcome()).isEqualTo(Outcome.REFUND_DUE);
        assertThat(rig.payment("q")).isEqualTo("REFUND_DUE: already paid by p");
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
    }

    @Test
    void aConflictIsOneHoweverOftenItIsRepeatedAndReplayed() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"));
        for (int i = 0; i < 3; i++) {
            assertThat(rig.apply(EventFixture.paid("1", "p", 1)).get(0).outcome()).isEqualTo(Outcome.CONFLICT);
        }
        assertThat(rig.apply(EventFixture.paid("1", "p", 1), EventFixture.paid("1", "p", 1))).hasSize(2);

        assertThat(only().state()).isEqualTo(ParkedState.PARKED);
        assertThat(parked.replay(only().id(), UNREADABLE, MEI, null).message().cause()).startsWith("CONFLICT");
        assertThat(rig.count("parked")).isEqualTo(1);
    }

    @Test
    void whatIsReplayedTooEarlyWaitsAgainAndIsParkedAgainWhenThatIsInVain() {
        rig.apply(EventFixture.paid("1", "p"));
        rig.impatient().parkOverdueEarly(10);
        long id = only().id();

        assertThat(parked.replay(id, UNREADABLE, MEI, null).message().last().outcome()).isEqualTo(Outcome.EARLY);
        assertThat(rig.payment("p")).startsWith("EARLY");
        assertThat(rig.count("early")).isEqualTo(1);
        assertThat(rig.impatient().parkOverdueEarly(10)).isEqualTo(1);

        assertThat(only().state()).isEqualTo(ParkedState.PARKED);
        assertThat(only().id()).isEqualTo(id);
        rig.confirm("1", Kind.PICKUP);
        assertThat(parked.replay(id, UNREADABLE, MEI, null).message().last().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rig.payment("p")).isEqualTo("APPLIED");
    }

    @Test
    void whatIsReplayedTooEarlyAndRefusedWhenItsOrderComesIsParkedAgain() {
        rig.apply(EventFixture.paid("1", "p", 1));
        rig.impatient().parkOverdueEarly(10);
        parked.replay(only().id(), UNREADABLE, MEI, null);

        rig.confirm("1", Kind.PICKUP);

        assertThat(only().state()).isEqualTo(ParkedState.PARKED);
        assertThat(only().cause()).startsWith("REFUSED: paid 1 CNY");
        assertThat(rig.payment("p")).startsWith("REFUND_DUE: paid 1 CNY");
    }

    @Test
    void aWrongSumStaysParkedHoweverOftenItIsReplayedAndItsMoneyStaysDueBack() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 1));

        ReplayResult became = parked.replay(only().id(), UNREADABLE, MEI, null);

        assertThat(became.message().cause()).startsWith("REFUSED: paid 1 CNY");
        assertThat(only().state()).isEqualTo(ParkedState.PARKED);
        assertThat(rig.payment("p")).startsWith("REFUND_DUE: paid 1 CNY");
    }

    @Test
    void aMessageThatStillCantBeReadStaysParked() {
        long id = unreadable("made", "made/3@7", null);

        ReplayResult became = parked.replay(id, UNREADABLE, MEI, null);

        assertThat(became.done()).isTrue();
        assertThat(became.results()).isEmpty();
        assertThat(only().state()).isEqualTo(ParkedState.PARKED);
        assertThat(only().cause()).isEqualTo("still no JSON");
        assertThat(only().attempts()).isEqualTo(1);
        assertThat(only().last().outcome()).isNull();
    }

    @Test
    void aMessageThatCanBeReadNowIsAppliedAndFoundByItsOrder() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"));
        long id = unreadable("made", "made/3@7", null);

        ReplayResult became = parked.replay(id, message -> List.of(EventFixture.made("1")), MEI, null);

        assertThat(became.message().state()).isEqualTo(ParkedState.REPLAYED);
        assertThat(became.message().orderId()).isEqualTo("1");
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.MADE);
        assertThat(rig.queries().timeline("1")).last()
                .satisfies(step -> assertThat(step.arrow() + step.way()).isEqualTo("madeREPLAY"));
    }

    @Test
    void aMessageThatNoDatabaseTakesLeavesNothingBehind() {
        long id = unreadable("made", "made/3@7", null);

        assertThatThrownBy(() -> parked.replay(id, message -> List.of(EventFixture.made("a\0")), MEI, null))
                .isInstanceOf(org.springframework.dao.DataAccessException.class);
        assertThat(only().attempts()).isZero();
        assertThat(audit(id)).isEmpty();

        assertThat(parked.stays(id, "can't be applied", MEI, null).done()).isTrue();
        assertThat(only().cause()).isEqualTo("can't be applied");
        assertThat(only().attempts()).isEqualTo(1);
    }

    @Test
    void aDismissedMessageStaysDismissedAndSaysWhy() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 3199));
        long id = only().id();

        assertThat(parked.dismiss(id, MEI, "a test of the payment side").done()).isTrue();
        assertThat(parked.dismiss(id, LI, "another reason").done()).isFalse();
        assertThat(parked.replay(id, UNREADABLE, LI, null).done()).isFalse();
        rig.apply(EventFixture.paid("1", "p", 1));

        ParkedMessage message = parked.list(of("1", ParkedState.DISMISSED), null, false, 10, 99).orElseThrow().get(0);
        assertThat(message.last().by()).isEqualTo("mei");
        assertThat(message.last().reason()).isEqualTo("a test of the payment side");
        assertThat(rig.queries().parked()).as("the conflict").isEqualTo(1);
    }

    @Test
    void eachWishIsInTheAuditAndNobodyChangesIt() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p", 3199));
        long id = only().id();
        parked.replay(id, UNREADABLE, MEI, null);
        parked.dismiss(id, MEI, "as agreed");
        parked.dismiss(id, LI, "too late");
        parked.replay(id, UNREADABLE, LI, null);
        parked.replay(Long.MAX_VALUE, UNREADABLE, LI, null);

        assertThat(audit(id)).containsExactly(
                "mei replay 10.0.0.7 stays parked: REFUSED: paid 3199 CNY, the order is 3200 CNY",
                "mei dismiss 10.0.0.7 dismissed (as agreed)",
                "li dismiss 10.0.0.8 nothing to do: DISMISSED before by mei (too late)",
                "li replay 10.0.0.8 nothing to do: DISMISSED before by mei");
        assertThat(audit(Long.MAX_VALUE)).last().asString().contains("refused: there is no such message");
        for (String change : List.of("UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "TRUNCATE audit")) {
            assertThatThrownBy(() -> rig.jdbc().sql(change).update()).hasMessageContaining("only added to");
        }
    }

    /** As docs/security.md has it: another role owns the table, and the hub's may read it and add to it. */
    @Test
    void theHubsOwnRoleCanNotTakeItsHandFromTheAuditThatAnotherOwns() {
        LedgerFixture apart = rig.beside("audit_apart");
        try {
            for (String act : List.of("CREATE ROLE hub_runs", "CREATE ROLE hub_audit",
                    "ALTER TABLE audit OWNER TO hub_audit",
                    "ALTER FUNCTION audit_is_only_added_to OWNER TO hub_audit", "GRANT SELECT, INSERT ON audit TO hub_runs")) {
                apart.jdbc().sql(act).update();
            }
            apart.transaction().executeWithoutResult(status -> {
                apart.jdbc().sql("SET LOCAL ROLE hub_runs").update();
                new Audit(apart.jdbc()).add(MEI, "replay", "parked/1", null);
                assertThat(new Audit(apart.jdbc()).list(new AuditFilter(null, null, null, null, null), null, 10)).hasSize(1);
            });
            for (String change : List.of("UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "TRUNCATE audit",
                    "ALTER TABLE audit DISABLE TRIGGER audit_only_added_to", "DROP TABLE audit",
                    "DROP FUNCTION audit_is_only_added_to CASCADE",
                    "CREATE OR REPLACE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'")) {
                assertThatThrownBy(() -> apart.transaction().executeWithoutResult(status -> {
                    apart.jdbc().sql("SET LOCAL ROLE hub_runs").update();
                    apart.jdbc().sql(change).update();
                })).as(change).rootCause().hasMessageMatching("(?s).*(permission denied|must be owner).*");
            }
        } finally {
            apart.close();
        }
    }

    private ParkedFilter of(String orderId, ParkedState state) {
        return new ParkedFilter(orderId, null, null, null, null, null, state);
    }

    private List<ParkedMessage> all() {
        return parked.list(of(null, null), null, true, 100, 99).orElseThrow();
    }

    private ParkedMessage only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    private long idOf(String event) {
        return all().stream().filter(message -> event.equals(message.event())).findFirst().orElseThrow().id();
    }

    private long unreadable(String arrow, String source, String orderId) {
        rig.ledger().park(List.of(new Parked(arrow, Way.PUSH, orderId, "no JSON",
                new Origin(source, "{}", "made!".getBytes(StandardCharsets.UTF_8)))));
        return only().id();
    }

    private List<String> audit(long id) {
        return rig.jdbc().sql("SELECT who || ' ' || act || ' ' || address || ' ' || detail FROM audit "
                        + "WHERE subject = :subject ORDER BY id")
                .param("subject", "parked/" + id).query(String.class).list();
    }
}
