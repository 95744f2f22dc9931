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
    stuckNone: 'No order has been waiting for anybody for too long.',
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
    // Routes
    routes: 'Routes', revision: n => `Revision ${n}`, asShipped: 'As shipped', inForceNow: 'In force', inForceSince: 'since',
    owed: 'What is owed', owedKeep: 'keep: handed over if the arrow is added again', owedDrop: 'drop: deleted',
    who: 'by', reason: 'Reason', hubs: 'Hubs', hubsRun: (n, all) => `${n} of ${all} run it`, resting: 'Paused',
    history: 'What was in force', older: 'Older', edit: 'edit', state: 'state', isInForce: 'in force', wasInForce: 'was in force',
    notStarted: 'could not be started', andMore: n => `and ${n} more`, rollBack: 'Roll back', rollBackTo: what => `Roll back to: ${what}`,
    leaveIt: 'Leave it as it is', rolledBack: 'Rolled back.', whatWouldChange: 'What would change',
    whatChanged: 'What it changed', madeFrom: 'Made from', oldText: 'To look at only. Tab leaves the text.',
    routeText: 'The text of the routes', files: 'Route files',
    onlyLook: 'To look at only: a deployer may change routes, an operator their intervals, time-outs and amounts. '
      + 'Tab leaves the text.',
    howToEdit: 'Tab leaves the editor. Ctrl+] and Ctrl+[ move lines in and out, Ctrl+Z takes back. '
      + 'What you change is kept while this page is open.',
    check: 'Check', checking: 'checking …', error: 'error', note: 'note', passed: 'It may be applied.',
    nothingChanged: 'Nothing is changed. What you type is checked at once, and applied only when you say so.',
    refused: n => n === 1 ? '1 finding: it can\'t be applied as it is.' : `${n} findings: it can't be applied as it is.`,
    noRouteChanges: 'No route; comments or layout at most.', untouched: n => `${n} other routes stay as they are.`,
    lines: 'Line by line', linesOf: route => `${route}, line by line`, tried: 'Tried with a sample',
    apply: 'Apply', tune: 'Tune', tuneIs: 'An operator may change intervals, time-outs and amounts, and nothing else.',
    drop: 'Drop my changes', firstMend: 'Mend what is found first.',
    firstDecide: 'Decide above what becomes of the other edit first.',
    applying: 'applying …', applied: what => `In force: ${what}`,
    maybeApplied: 'It may or may not be in force: see above in a few seconds.',
    overtaken: (now, then) => `The routes were edited meanwhile. In force: ${now}. Your text was made from: ${then}.`,
    overtakenAct: 'Your text is kept, and not applied. See what the other edit changed; then go on with your text, '
      + 'which may undo it (what would change is said below), or take the other\'s and drop yours.',
    lookAtTheirs: 'What the other edit changed', keepMine: 'Go on with my text', takeTheirs: 'Take the other, drop mine',
    changed: 'changed', goes: 'goes', takeOut: 'Take this file out', putBack: 'Put it back', addFile: 'Add a file',
    fileName: 'Its name: small letters, digits, hyphens, .yaml',
    kinds: {ADDED: 'new', REMOVED: 'gone', CHANGED: 'changed'},
    acts: {apply: 'apply', tune: 'tune', remove: 'take out', rollback: 'roll back'},
    // Orders looked for
    searchOrders: 'Search', search: 'Search', confirmedFrom: 'confirmed from', confirmedAt: 'confirmed', kind: 'kind',
    withoutAStore: 'Newest first. Without a store, the live orders are looked through; with one, its history as well.',
    lookFurther: 'Look further back', lookedThroughTo: n => `${n} found so far; there is more to look through.`,
    foundAll: n => n === 1 ? '1 order.' : `${n} orders.`,
    messages: 'Parked messages', messagesAre: 'A message is kept only when it could not be processed; of the others the steps above are left.',
    kindsOfOrder: {PICKUP: 'pickup', DELIVERY: 'delivery'},
    orderStates: {OPEN: 'open (not settled)', CONFIRMED: 'confirmed', PAID: 'paid', RECEIVED: 'has a ticket', MAKING: 'being made',
      MADE: 'made', NOTED: 'has a note', ASSIGNED: 'courier assigned', PICKED_UP: 'picked up', DELIVERED: 'delivered',
      FAILED: 'delivery failed', CANCEL_REQUESTED: 'cancel requested', CANCELLED: 'cancelled', REFUSED: 'refused',
      DELIVERY_FAILED: 'settled undelivered', EXPIRED: 'expired unpaid'},
    // Trends
    trends: 'Trends', trendsAre: 'The last hour of this hub, ten seconds a point, from its own memory; what is owed is what all hubs owe together.',
    noPointYet: 'Nothing yet: the first point comes twenty seconds after the hub\'s start.', asOf: at => `As of ${at}`,
    orderRate: 'Orders a second', callbackP99: 'Payment callbacks, p99 in ms', owedByArrow: 'Orders owed, by arrow',
    repairedByArrow: 'Orders repaired by pull, in ten seconds', newest: 'now', mean: 'mean', highest: 'highest',
    owedByArrowNone: 'In this hour nothing was ever owed over any arrow.',
    repairedByArrowNone: 'In this hour no pull had anything to repair.',
    // Parked
    filter: 'Filter', any: 'any', causeHas: 'cause contains', from: 'from', to: 'before', show: 'Show', clear: 'Clear', more: 'More',
    parkedStates: {PARKED: 'parked', REPLAYED: 'replayed', DISMISSED: 'dismissed', ALL: 'all'},
    content: n => `Content, ${n} bytes`, body: 'Body', noText: 'Not text: shown byte by byte.',
    cutAt: (n, all) => `The first ${n} of ${all} bytes.`,
    replay: 'Replay', dismiss: 'Dismiss', leaveParked: 'Leave it parked', whyDismiss: 'Why nothing is to be done', sending: 'sending …',
    replayed: outcome => `Replayed: ${outcome}.`, dismissed: 'Dismissed.', staysParked: 'It stays parked: the cause above is new.',
    noSuchMessage: 'There is no such message any more.', doneBefore: (by, at) => `By ${by} before, ${at}.`,
    lastAct: (state, at, by, outcome, reason) => [`${state}: ${at}, by ${by}`, outcome, reason].filter(Boolean).join(' · '),
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
    find: '查找订单', orderId: '订单号', look: '查看', recent: '此标签页看过的', none: '没有内容。', stuckNone: '没有订单等待过久。',
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
    // Routes
    routes: '路由', revision: n => `第 ${n} 版`, asShipped: '出厂版', inForceNow: '生效中', inForceSince: '生效时间',
    owed: '未送达的订单', owedKeep: '保留：再次添加该链路时补发', owedDrop: '丢弃：删除',
    who: '操作人', reason: '理由', hubs: '节点', hubsRun: (n, all) => `${all} 个节点中 ${n} 个正在运行`, resting: '已暂停', history: '历史版本', older: '更早',
    edit: '版本', state: '状态', isInForce: '生效中', wasInForce: '曾生效', notStarted: '未能启动',
    andMore: n => `另有 ${n} 项`, rollBack: '回滚', rollBackTo: what => `回滚到：${what}`, leaveIt: '保持不变',
    rolledBack: '已回滚。', whatWouldChange: '将会改变', whatChanged: '改变了什么', madeFrom: '基于',
    oldText: '仅供查看。按 Tab 离开文本。', routeText: '路由文本', files: '路由文件',
    onlyLook: '仅供查看：部署者可以修改路由，操作员可以修改间隔、超时与数量。按 Tab 离开文本。',
    howToEdit: '按 Tab 离开编辑器；Ctrl+] 与 Ctrl+[ 调整缩进，Ctrl+Z 撤销。只要不关闭此页面，修改都会保留。',
    check: '检查', checking: '检查中 …', error: '错误', note: '提示', passed: '可以应用。',
    nothingChanged: '没有修改。输入时立即检查，由您决定后才应用。',
    refused: n => `${n} 处问题：不能这样应用。`,
    noRouteChanges: '路由没有改变，至多是注释或排版。', untouched: n => `其他 ${n} 条路由保持不变。`,
    lines: '逐行对比', linesOf: route => `${route}，逐行对比`, tried: '样例试跑',
    apply: '应用', tune: '调整', tuneIs: '操作员只能修改间隔、超时与数量。',
    drop: '放弃我的修改', firstMend: '请先改正上述问题。', firstDecide: '请先在上方决定如何处理另一次修改。',
    applying: '应用中 …', applied: what => `已生效：${what}`, maybeApplied: '不确定是否已生效，几秒后请看上方。',
    overtaken: (now, then) => `期间路由已被修改。生效中：${now}。您的文本基于：${then}。`,
    overtakenAct: '您的文本已保留，尚未应用。请先看另一次修改改变了什么；然后继续使用您的文本（可能撤销对方的修改，见下方“将会改变”），或者采用对方的并放弃您的。',
    lookAtTheirs: '另一次修改改变了什么', keepMine: '继续使用我的文本', takeTheirs: '采用对方的，放弃我的',
    changed: '已修改', goes: '将移除', takeOut: '移除此文件', putBack: '恢复', addFile: '添加文件',
    fileName: '文件名：小写字母、数字、连字符，以 .yaml 结尾',
    kinds: {ADDED: '新增', REMOVED: '移除', CHANGED: '已修改'},
    acts: {apply: '应用', tune: '调整', remove: '移除文件', rollback: '回滚'},
    // 查找订单
    searchOrders: '搜索', search: '搜索', confirmedFrom: '确认时间从', confirmedAt: '确认时间', kind: '类型',
    withoutAStore: '最新的在前。不指定门店时只查进行中的与刚完结的订单，指定门店时也查历史。',
    lookFurther: '继续向前查找', lookedThroughTo: n => `目前找到 ${n} 单，还有未查的。`, foundAll: n => `共 ${n} 单。`,
    messages: '搁置的消息', messagesAre: '只保留无法处理的消息，其他消息只留下上面的步骤。',
    kindsOfOrder: {PICKUP: '自取', DELIVERY: '配送'},
    orderStates: {OPEN: '进行中', CONFIRMED: '已确认', PAID: '已支付', RECEIVED: '已生成制作单', MAKING: '制作中', MADE: '制作完成',
      NOTED: '已创建配送单', ASSIGNED: '已派骑手', PICKED_UP: '已取货', DELIVERED: '已送达', FAILED: '配送失败',
      CANCEL_REQUESTED: '取消申请中', CANCELLED: '已取消', REFUSED: '已拒绝', DELIVERY_FAILED: '未送达而完结', EXPIRED: '未支付过期'},
    // 趋势
    trends: '趋势', trendsAre: '本节点最近一小时，每十秒一个点，取自自身内存；待完成的数字是所有节点共同的。',
    noPointYet: '暂无数据：节点启动二十秒后才有第一个点。', asOf: at => `截至 ${at}`,
    orderRate: '每秒订单', callbackP99: '支付回调 p99，毫秒', owedByArrow: '各箭头待完成的订单',
    repairedByArrow: '每十秒由拉取补上的订单', newest: '现在', mean: '平均', highest: '最高',
    owedByArrowNone: '这一小时内，没有任何箭头有待完成的订单。', repairedByArrowNone: '这一小时内，拉取没有需要补偿的。',
    // 搁置
    filter: '筛选', any: '不限', causeHas: '原因包含', from: '从', to: '早于', show: '显示', clear: '清除', more: '更多',
    parkedStates: {PARKED: '搁置', REPLAYED: '已重放', DISMISSED: '已忽略', ALL: '全部'},
    content: n => `内容，${n} 字节`, body: '正文', noText: '不是文本，逐字节显示。',
    cutAt: (n, all) => `共 ${all} 字节，显示前 ${n} 字节。`,
    replay: '重放', dismiss: '忽略', leaveParked: '继续搁置', whyDismiss: '为何无需处理', sending: '发送中 …',
    replayed: outcome => `已重放：${outcome}。`, dismissed: '已忽略。', staysParked: '仍然搁置，原因已更新。',
    noSuchMessage: '此消息已不存在。', doneBefore: (by, at) => `此前由 ${by} 于 ${at} 处理。`,
    lastAct: (state, at, by, outcome, reason) => [`${state}：${at}，${by}`, outcome, reason].filter(Boolean).join(' · '),
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
/** Of which it isn't plain that it is of today. */
export const moment = instant => new Intl.DateTimeFormat(htmlLanguage(), {dateStyle: 'medium', timeStyle: 'medium',
  hourCycle: 'h23'}).format(new Date(instant));
export const clockMillis = instant => `${clock(instant)}.${String(new Date(instant).getMilliseconds()).padStart(3, '0')}`;
