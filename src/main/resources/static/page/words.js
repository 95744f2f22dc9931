// What the page says, in both languages. The diagram's own words come with the routes, and are the same in both.

const KEY = 'lucky-hub.language';

const WORDS = {
  en: {
    skip: 'Skip to content', language: '中文', leave: 'Sign out', views: 'Views',
    live: 'Live', orders: 'Orders', stuck: 'Stuck', parked: 'Parked',
    connecting: 'connecting …', fresh: 'live', stale: s => `stale: nothing heard for ${s} s, reconnecting`,
    arrow: 'arrow', diagram: 'from → to', rate: 'per s', p99: 'p99 ms', owed: 'owed', late: 'late', repaired: 'repaired',
    bad: 'trouble', push: 'push', pull: 'pull',
    rateIs: 'messages a second, this hub, over 5 s', p99Is: 'of the last half minute, this hub',
    owedIs: 'orders that await what this arrow brings, of the whole ledger',
    repairedIs: 'applied by a pull since this hub\'s start', badIs: 'parked and failed since this hub\'s start',
    confirm: 'confirm', initiate: 'initiate', execute: 'execute', cancel: 'cancel',
    confirmed: 'orders confirmed', settled: 'settled', settledRate: 'settled per s', inFlight: 'in flight',
    lateNow: 'late', parkedNow: 'parked', thisHub: 'this hub, since its start', wholeLedger: 'the whole ledger, now',
    failing: 'failing', parkedN: n => `${n} parked`, failedN: n => `${n} failed`, lateN: n => `${n} late`,
    signIn: 'Sign in', token: 'Access token', tokenHelp: 'A viewer\'s, operator\'s or deployer\'s. It is kept in this tab only.',
    tokenWrong: 'This token opens nothing here.', hubAway: 'The hub can\'t be reached. Trying again.',
    find: 'Find an order', orderId: 'Order id', look: 'Look', recent: 'Looked at in this tab', none: 'Nothing here.',
    order: 'Order', store: 'store', make: 'Making', delivery: 'Delivery', cancelling: 'Cancelling', readyAt: 'Ready',
    deliveredAt: 'Delivered', amount: 'Amount', settledAs: 'Settled', waitsFor: 'Waits for',
    nextPull: at => `the next pull looks at ${at}`, waitsForNothing: 'Nobody owes anything for it.',
    took: 'The arrows that it took', at: 'when', way: 'way', outcome: 'outcome', why: 'why',
    since: 'since', cause: 'cause', attempts: 'asked', nextAt: 'next pull', act: 'act', pullNow: 'Pull now',
    pulled: 'It is due: the next tick asks.', source: 'came from', loading: 'loading …',
    outcomes: {APPLIED: 'applied', DUPLICATE: 'ignored: a repeat', STALE: 'ignored: overtaken', EARLY: 'kept: too early',
      PARKED: 'parked', FAILED: 'failed', REFUSED: 'refused', CONFLICT: 'ignored: contradicts',
      REFUND_DUE: 'money to go back', SENT: 'sent'},
    ways: {PUSH: 'push', PULL: 'pull', CALL: 'call', REPLAY: 'replay', JOB: 'job'},
    debts: {PAYMENT: 'the payment', TICKET: 'a ticket', MAKING: 'the making', DECISION: 'the decision on the cancel',
      NOTE: 'a delivery note', DELIVERY: 'the delivery', DROP: 'that no courier comes', ACKNOWLEDGEMENT: 'an acknowledgement'},
  },
  zh: {
    skip: '跳到正文', language: 'English', leave: '退出', views: '视图',
    live: '实时', orders: '订单', stuck: '滞留', parked: '搁置',
    connecting: '连接中 …', fresh: '实时', stale: s => `数据已过时：${s} 秒没有更新，正在重连`,
    arrow: '箭头', diagram: '从 → 到', rate: '每秒', p99: 'p99 毫秒', owed: '待完成', late: '超时', repaired: '补偿',
    bad: '异常', push: '推送', pull: '拉取',
    rateIs: '每秒消息数，本节点，5 秒平均', p99Is: '最近半分钟，本节点', owedIs: '等待此箭头的订单数，全账本',
    repairedIs: '本节点启动以来由拉取补上的', badIs: '本节点启动以来搁置与失败的',
    confirm: '确认订单', initiate: '订单履约发起阶段', execute: '订单履约执行阶段', cancel: '逆向流程，取消订单',
    confirmed: '已确认订单', settled: '已完结', settledRate: '每秒完结', inFlight: '进行中',
    lateNow: '超时', parkedNow: '搁置', thisHub: '本节点，自启动以来', wholeLedger: '全账本，此刻',
    failing: '失败中', parkedN: n => `搁置 ${n}`, failedN: n => `失败 ${n}`, lateN: n => `超时 ${n}`,
    signIn: '登录', token: '访问令牌', tokenHelp: '查看者、操作员或部署者的令牌，只保存在此标签页。',
    tokenWrong: '此令牌无效。', hubAway: '无法连接，正在重试。',
    find: '查找订单', orderId: '订单号', look: '查看', recent: '此标签页看过的', none: '没有内容。',
    order: '订单', store: '门店', make: '制作', delivery: '配送', cancelling: '取消', readyAt: '预计制作完成时间',
    deliveredAt: '预计配送完成时间', amount: '金额', settledAs: '完结', waitsFor: '等待',
    nextPull: at => `下次拉取 ${at}`, waitsForNothing: '没有任何一方欠此订单。',
    took: '走过的箭头', at: '时间', way: '方式', outcome: '结果', why: '原因',
    since: '自', cause: '原因', attempts: '已问', nextAt: '下次拉取', act: '操作', pullNow: '立即拉取',
    pulled: '已到期，下一次拉取会询问。', source: '来源', loading: '加载中 …',
    outcomes: {APPLIED: '已应用', DUPLICATE: '忽略：重复', STALE: '忽略：已过时', EARLY: '保留：过早', PARKED: '搁置', FAILED: '失败',
      REFUSED: '拒绝', CONFLICT: '忽略：矛盾', REFUND_DUE: '应退款', SENT: '已发送'},
    ways: {PUSH: '推送', PULL: '拉取', CALL: '调用', REPLAY: '重放', JOB: '任务'},
    debts: {PAYMENT: '支付', TICKET: '制作单', MAKING: '制作', DECISION: '取消结果', NOTE: '配送单', DELIVERY: '配送', DROP: '取消配送',
      ACKNOWLEDGEMENT: '确认'},
  },
};

let language = localStorage.getItem(KEY) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');

export const isEnglish = () => language === 'en';

export function switchLanguage() {
  language = isEnglish() ? 'zh' : 'en';
  localStorage.setItem(KEY, language);
}

export function say(word, ...values) {
  const said = WORDS[language][word];
  return typeof said === 'function' ? said(...values) : said;
}

/** A word of a fixed list, such as an outcome; one that the page doesn't know is shown as it is. */
export const name = (list, word) => WORDS[language][list][word] ?? word;

export const htmlLanguage = () => isEnglish() ? 'en' : 'zh-CN';
export const number = value => new Intl.NumberFormat(htmlLanguage(), {maximumFractionDigits: 1}).format(value);
export const clock = instant => new Intl.DateTimeFormat(htmlLanguage(), {hour: '2-digit', minute: '2-digit', second: '2-digit',
  hourCycle: 'h23'}).format(new Date(instant));
export const clockMillis = instant => `${clock(instant)}.${String(new Date(instant).getMilliseconds()).padStart(3, '0')}`;
