/**
 * What tests share. An index, by what a test needs:
 *
 * <ul>
 * <li>a hub on a real broker and database: {@link testbed.SharedHub}, one for all tests of the JVM; {@link testbed.SeparateHub},
 *     whose database, broker and neighbours can be cut off; {@link testbed.RunningDemo} and {@link testbed.Program}, as
 *     processes; {@link testbed.ExternalServers}, a broker and a database for those
 * <li>callers: {@link testbed.HubClient}, which holds each answer against {@code openapi.yaml}; {@link testbed.OperatorClient};
 *     {@link testbed.StrangerClient}, which keeps to no contract; {@link testbed.CallbackSignature};
 *     {@link testbed.IssuerServer} for people who sign in
 * <li>neighbours: {@link testbed.NeighbourServer} with {@link testbed.NeighbourAnswers}, and {@link testbed.Messages} for the
 *     topics; {@link testbed.OrderLife}, one order and what all of them say of it; {@link testbed.InboundTopic} and
 *     {@link testbed.RecordDraft} for records that are spoiled
 * <li>the database, past the hub: {@link testbed.KeptRows}, {@link testbed.JdbcAside}, {@link testbed.HeldUp},
 *     {@link testbed.PgBouncerServer}
 * <li>routes: {@link testbed.ShippedRoutes}, {@link testbed.RouteEdit}, {@link testbed.Diversion}, {@link testbed.Diagram},
 *     {@link testbed.QuickPulls}
 * <li>the page: {@link testbed.Browser}, {@link testbed.BrowserFixture}, {@link testbed.RoutesPageFixture},
 *     {@link testbed.FewColours}
 * <li>load and jars: {@link testbed.CustomersFixture}, {@link testbed.Jars}
 * </ul>
 *
 * <p>Fixtures that see what a room keeps to itself stand beside that room's tests: {@code ledger.LedgerFixture},
 * {@code ledger.EventFixture}, {@code ledger.RecordingAnnouncer}, {@code ledger.order.OrderFixture},
 * {@code ledger.order.StateFixture}, {@code ledger.order.TextTable}, {@code edits.OpsFixture}, {@code edits.ConfigMapFolder},
 * {@code edits.rules.EditedRoutes}, {@code cli.Recipe}.
 */
package testbed;
