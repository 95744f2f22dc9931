// What a shop and an operator do, by the client that the generator makes of openapi.yaml. Arguments: the hub's address, the
// shop's token, the operator's token, an order id, a store id. Prints what it was answered, as JSON.
import { Configuration, Kind, OperationApi, OrderAwaitsInnerFromEnum, OrdersApi, ResponseError } from './openapi/index';

const [basePath, shopToken, operatorToken, orderId, storeId] = process.argv.slice(2);
const shop = new OrdersApi(new Configuration({ basePath, accessToken: shopToken }));
const operation = new OperationApi(new Configuration({ basePath, accessToken: operatorToken }));

async function main() {
  const confirmed = await shop.confirmOrder({
    orderRequest: { orderId, storeId, kind: Kind.Pickup, amount: 1300, currency: 'CNY', items: [{ sku: 'latte', quantity: 2 }] },
  });
  const order = await shop.findOrder({ orderId });
  const awaitsPayment = order.awaits.some(each => each.from === OrderAwaitsInnerFromEnum.PAYMENT);
  const found = await operation.searchOrders({ store: storeId });
  const parked = await operation.listParked({ store: storeId });
  const routes = await operation.routes();
  const cancelled = await shop.cancelOrder({ orderId, cancelRequest: { reason: 'ordered twice' } });
  const again = await shop.cancelOrder({ orderId });
  const refused = await shop.findOrder({ orderId: orderId + '-unknown' }).then(() => 'found', async error => {
    if (!(error instanceof ResponseError)) throw error;
    return (await error.response.json()).type;
  });
  console.log(JSON.stringify({
    state: confirmed.state, readyAt: confirmed.readyAt, deliveredAt: confirmed.deliveredAt, awaitsPayment,
    found: found.orders.map(each => each.orderId), parked: parked.messages.length,
    routes: routes.routes.length, cancelled: cancelled.status, again: again.status, refused,
  }));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
