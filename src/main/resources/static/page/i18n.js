// The words of the page in English and Chinese, and how it writes numbers and times. The names of the arrows and their
// lifelines come with the routes, and are shown in both languages as they are.

const KEY = 'lucky-hub.language';

const WORDS = {
  en: {
    skip: 'Skip to content', language: '中文', leave: 'Sign out', views: 'Views',
    live: 'Live', orders: 'Orders', stuck: 'Stuck', parked: 'Parked',
    connecting: 'connecting …', fresh: 'live', stale: s => `stale: no update for ${s} s, reconnecting`,
    arrow: 'arrow', rate: 'per s', p99: 'p99 ms', owed: 'owed', late: 'late', repaired: 'repaired',
    bad: 'trouble', push: 'push', pull: 'pull',
    rateIs: 'messages per second at this hub, mean of the last 5 s',
    p99Is: '99th percentile of the time that this arrow takes at this hub, in ms, over the last 30 s',
    owedIs: 'orders in the whole ledger that wait for what this arrow brings',
    repairedIs: 'orders that a pull brought forward since this hub was started',
    badIs: 'messages that were parked or failed since this hub was started',
    confirm: 'confirm', initiate: 'initiate', execute: 'execute', cancel: 'cancel',
    confirmed: 'orders confirmed', settled: 'settled', settledRate: 'settled per s', inFlight: 'in flight',
    lateNow: 'late', parkedNow: 'parked', thisHub: 'this hub, since its start', wholeLedger: 'the whole ledger, now',
    failing: 'failing', parkedN: n => `${n} parked`, failedN: n => `${n} failed`, lateN: n => `${n} late`,
    signIn: 'Sign in', token: 'Access token',
    tokenHelp: 'The token of a viewer, an operator or a deployer. It is kept in this browser tab only.',
    tokenWrong: 'The hub does not accept this token.', hubAway: 'The hub can\'t be reached.',
    orderId: 'Order id', look: 'Open', recent: 'Opened in this tab', none: 'Nothing to show.',
    stuckNone: 'No order has been waiting for too long.',
    order: 'Order', store: 'store', make: 'Making', delivery: 'Delivery', cancelling: 'Cancelling', readyAt: 'Ready',
    deliveredAt: 'Delivered', amount: 'Amount', settledAs: 'Settled', waitsFor: 'Waits for',
    nextPull: at => `next pull at ${at}`, waitsForNothing: 'This order waits for nothing.',
    took: 'The arrows of this order, in order of time', at: 'when', way: 'way', outcome: 'outcome',
    attempts: n => `${n} attempts so far`, act: 'act', pullNow: 'Pull now',
    pulled: 'The pull is due; it runs at its next tick.', source: 'received from', loading: 'loading …',
    outcomes: {APPLIED: 'applied', DUPLICATE: 'ignored: duplicate', STALE: 'ignored: stale', EARLY: 'kept: too early',
      PARKED: 'parked', FAILED: 'failed', REFUSED: 'refused', CONFLICT: 'ignored: contradicts the order',
      REFUND_DUE: 'refund due', SENT: 'sent'},
    ways: {PUSH: 'push', PULL: 'pull', CALL: 'call', REPLAY: 'replay', JOB: 'job'},
    debts: {PAYMENT: 'the payment', TICKET: 'a ticket', MAKING: 'the making', DECISION: 'the result of the cancel request',
      NOTE: 'a delivery note', DELIVERY: 'the delivery', DROP: 'the cancelling of the delivery',
      ACKNOWLEDGEMENT: 'an acknowledgement'},
    // Routes
    routes: 'Routes', revision: n => `Revision ${n}`, asShipped: 'As shipped', inForceNow: 'In force', inForceSince: 'since',
    stillOwed: 'Orders still owed', owedKeep: 'keep: handed over if the arrow is added again', owedDrop: 'drop: deleted',
    who: 'by', reason: 'Reason', hubs: 'Hubs', hubsRun: (n, all) => `${n} of ${all} run it`, resting: 'Paused',
    history: 'History', older: 'Older', edit: 'edit', state: 'state', isInForce: 'in force', wasInForce: 'was in force',
    notStarted: 'could not be started', andMore: n => `and ${n} more`,
    rollBack: 'Roll back', rollBackTo: what => `Roll back to: ${what}`,
    leaveIt: 'Don\'t roll back', rolledBack: 'Rolled back.', whatWouldChange: 'What would change',
    whatChanged: 'What it changed', madeFrom: 'Made from', oldText: 'Read only. Tab leaves the text.',
    routeText: 'The text of the routes', files: 'Route files',
    onlyLook: 'Read only: a deployer may change the routes, an operator their intervals, time-outs and amounts. '
      + 'Tab leaves the text.',
    howToEdit: 'Tab leaves the editor. Ctrl+] and Ctrl+[ indent and outdent lines, Ctrl+Z undoes. '
      + 'Your changes are kept while this page is open.',
    check: 'Check', checking: 'checking …', error: 'error', note: 'note',
    finding: (problem, change) => `${problem}; ${change}`, passed: 'The edit may be applied.',
    nothingChanged: 'Nothing is changed yet. The text is checked while you type, and applied only when you ask for it.',
    refused: n => n === 1 ? '1 finding: the edit can\'t be applied as it is.'
      : `${n} findings: the edit can't be applied as it is.`,
    noRouteChanges: 'No route is changed; comments or layout at most.',
    untouched: n => n === '1' ? '1 other route stays as it is.' : `${n} other routes stay as they are.`,
    lines: 'Line by line', linesOf: route => `${route}, line by line`, tried: 'Dry run with a sample',
    apply: 'Apply', tune: 'Tune', tuneIs: 'An operator may change intervals, time-outs and amounts, and nothing else.',
    drop: 'Discard my changes', firstMend: 'Correct the findings first.',
    firstDecide: 'Decide first, above, between the other edit and yours.',
    applying: 'applying …', applied: what => `In force: ${what}`,
    maybeApplied: 'It is not known whether the edit is in force; in a few seconds, “In force” above says so.',
    overtaken: (now, then) => `The routes were edited meanwhile. In force: ${now}. Your text was made from: ${then}.`,
    overtakenAct: 'Your text is kept, and not applied. Look at what the other edit changed. Then either go on with your '
      + 'text, which may undo the other edit (see “What would change” below), or take the other edit and discard yours.',
    lookAtTheirs: 'What the other edit changed', keepMine: 'Go on with my text',
    takeTheirs: 'Take the other edit, discard mine',
    changed: 'changed', goes: 'will be removed', takeOut: 'Remove this file', putBack: 'Keep this file',
    addFile: 'Add a file', fileName: 'File name: small letters, digits and hyphens, ending in .yaml',
    kinds: {ADDED: 'new', REMOVED: 'gone', CHANGED: 'changed'},
    acts: {apply: 'apply', tune: 'tune', remove: 'remove a file', rollback: 'roll back'},
    // Order search
    searchOrders: 'Search', search: 'Search', confirmedFrom: 'confirmed from', confirmedAt: 'confirmed', kind: 'kind',
    withoutAStore: 'Newest first. With a store, the history is searched too; without one, only the orders that are open or '
      + 'were settled recently.',
    lookFurther: 'Search older orders', lookedThroughTo: n => `${n} found so far; older orders are not yet searched.`,
    foundAll: n => n === 1 ? '1 order.' : `${n} orders.`,
    messages: 'Parked messages',
    messagesAre: 'Only a message that could not be processed is kept; the others have left no more than the steps above.',
    kindsOfOrder: {PICKUP: 'pickup', DELIVERY: 'delivery'},
    orderStates: {OPEN: 'open (not settled)', CONFIRMED: 'confirmed', PAID: 'paid', RECEIVED: 'has a ticket',
      MAKING: 'being made', MADE: 'made', NOTED: 'has a delivery note', ASSIGNED: 'courier assigned', PICKED_UP: 'picked up',
      DELIVERED: 'delivered', FAILED: 'delivery failed', CANCEL_REQUESTED: 'cancel requested', CANCELLED: 'cancelled', REFUSED: 'refused',
      DELIVERY_FAILED: 'settled undelivered', EXPIRED: 'expired unpaid'},
    // Trends
    trends: 'Trends', trendsAre: 'The last hour of this hub, one point every ten seconds, kept in its memory only. '
      + 'Orders owed are counted over the whole ledger.',
    noPointYet: 'No figures yet: the first point comes twenty seconds after the hub was started.', asOf: at => `As of ${at}`,
    orderRate: 'Orders per second', callbackP99: 'Payment callbacks, p99 in ms', owedByArrow: 'Orders owed, by arrow',
    repairedByArrow: 'Orders repaired by pull, per ten seconds', newest: 'now', mean: 'mean', highest: 'highest',
    owedByArrowNone: 'No order was owed over any arrow in this hour.',
    repairedByArrowNone: 'No pull had an order to repair in this hour.',
    // Parked
    filter: 'Filter', any: 'any', causeHas: 'cause contains', from: 'from', to: 'before', show: 'Show', clear: 'Clear',
    more: 'More',
    parkedStates: {PARKED: 'parked', REPLAYED: 'replayed', DISMISSED: 'dismissed', ALL: 'all'},
    content: n => `Content, ${n} bytes`, body: 'Body', noText: 'This is not text; it is shown byte by byte.',
    cutAt: (n, all) => `The first ${n} of ${all} bytes.`,
    replay: 'Replay', dismiss: 'Dismiss', leaveParked: 'Leave it parked', whyDismiss: 'Why it needs no replay',
    sending: 'sending …',
    replayed: outcome => `Replayed: ${outcome}.`, dismissed: 'Dismissed.',
    staysParked: 'It stays parked; the cause above is new.',
    noSuchMessage: 'This message is no longer there.', doneBefore: (by, at) => `${by} had done so before, ${at}.`,
    lastAct: (state, at, by, outcome, reason) => [`${state}: ${at}, by ${by}`, outcome, reason].filter(Boolean).join(' · '),
  },
  zh: {
    skip: '跳到正文', language: 'English', leave: '退出', views: '视图',
    live: '实时', orders: '订单', stuck: '滞留', parked: '搁置',
    connecting: '连接中 …', fresh: '实时', stale: s => `数据已过时：${s} 秒没有更新，正在重连`,
    arrow: '链路', rate: '每秒', p99: 'p99 毫秒', owed: '待完成', late: '超时', repaired: '补偿',
    bad: '异常', push: '推送', pull: '拉取',
    rateIs: '本节点每秒消息数，最近 5 秒的平均值', p99Is: '本节点此链路耗时的第 99 百分位，毫秒，最近 30 秒',
    owedIs: '整个账本中等待此链路的订单数', repairedIs: '本节点启动以来由拉取补偿的订单数',
    badIs: '本节点启动以来搁置或失败的消息数',
    confirm: '确认订单', initiate: '订单履约发起阶段', execute: '订单履约执行阶段', cancel: '逆向流程，取消订单',
    confirmed: '已确认订单', settled: '已完结', settledRate: '每秒完结', inFlight: '进行中',
    lateNow: '超时', parkedNow: '搁置', thisHub: '本节点，自启动以来', wholeLedger: '整个账本，当前',
    failing: '失败中', parkedN: n => `搁置 ${n}`, failedN: n => `失败 ${n}`, lateN: n => `超时 ${n}`,
    signIn: '登录', token: '访问令牌', tokenHelp: '查看者、操作员或部署者的令牌，只保存在此标签页。',
    tokenWrong: '此令牌无效。', hubAway: '无法连接到服务。',
    orderId: '订单号', look: '查看', recent: '此标签页查看过的订单', none: '暂无内容。', stuckNone: '没有滞留的订单。',
    order: '订单', store: '门店', make: '制作', delivery: '配送', cancelling: '取消', readyAt: '预计制作完成时间',
    deliveredAt: '预计配送完成时间', amount: '金额', settledAs: '完结', waitsFor: '等待',
    nextPull: at => `下次拉取 ${at}`, waitsForNothing: '此订单没有等待任何一方。',
    took: '此订单经过的链路，按时间排序', at: '时间', way: '方式', outcome: '结果',
    attempts: n => `已尝试 ${n} 次`, act: '操作', pullNow: '立即拉取',
    pulled: '已到期，将在下一个周期拉取。', source: '来源', loading: '加载中 …',
    outcomes: {APPLIED: '已生效', DUPLICATE: '忽略：重复', STALE: '忽略：已过时', EARLY: '保留：过早', PARKED: '搁置', FAILED: '失败',
      REFUSED: '拒绝', CONFLICT: '忽略：与订单状态矛盾', REFUND_DUE: '应退款', SENT: '已发送'},
    ways: {PUSH: '推送', PULL: '拉取', CALL: '调用', REPLAY: '重放', JOB: '定时任务'},
    debts: {PAYMENT: '支付结果', TICKET: '制作单', MAKING: '制作', DECISION: '取消结果', NOTE: '配送单', DELIVERY: '配送', DROP: '取消配送',
      ACKNOWLEDGEMENT: '确认收到'},
    // Routes
    routes: '路由', revision: n => `第 ${n} 版`, asShipped: '内置版本', inForceNow: '生效中', inForceSince: '生效时间',
    stillOwed: '尚未送达的订单', owedKeep: '保留：再次添加该链路时补发', owedDrop: '丢弃：删除',
    who: '操作人', reason: '理由', hubs: '节点', hubsRun: (n, all) => `${all} 个节点中有 ${n} 个运行此版本`, resting: '已暂停',
    history: '历史版本', older: '更早',
    edit: '版本', state: '状态', isInForce: '生效中', wasInForce: '曾生效', notStarted: '未能启动',
    andMore: n => `另有 ${n} 项`, rollBack: '回滚', rollBackTo: what => `回滚到：${what}`, leaveIt: '不回滚',
    rolledBack: '已回滚。', whatWouldChange: '将发生的变更', whatChanged: '变更内容', madeFrom: '基于',
    oldText: '只读。按 Tab 离开文本。', routeText: '路由文本', files: '路由文件',
    onlyLook: '只读：部署者可以修改路由，操作员可以修改间隔、超时与数量。按 Tab 离开文本。',
    howToEdit: '按 Tab 离开编辑器；Ctrl+] 与 Ctrl+[ 调整缩进，Ctrl+Z 撤销。只要不关闭此页面，修改都会保留。',
    check: '检查', checking: '检查中 …', error: '错误', note: '提示',
    finding: (problem, change) => `${problem}；${change}`, passed: '可以应用。',
    nothingChanged: '尚无修改。输入时自动检查，由您确认后才会应用。',
    refused: n => `发现 ${n} 处问题，暂不能应用。`,
    noRouteChanges: '路由没有改变，至多是注释或排版。', untouched: n => `其他 ${n} 条路由保持不变。`,
    lines: '逐行对比', linesOf: route => `${route}，逐行对比`, tried: '样例试运行',
    apply: '应用', tune: '调整', tuneIs: '操作员只能修改间隔、超时与数量。',
    drop: '放弃我的修改', firstMend: '请先改正上述问题。', firstDecide: '请先在上方选择保留哪一次修改。',
    applying: '应用中 …', applied: what => `已生效：${what}`, maybeApplied: '尚不确定是否已生效，几秒后请看上方“生效中”。',
    overtaken: (now, then) => `期间路由已被他人修改。生效中：${now}。您的文本基于：${then}。`,
    overtakenAct: '您的文本已保留，尚未应用。请先查看另一次修改的变更内容，然后继续使用您的文本（可能撤销对方的修改，见下方“将发生的变更”），'
      + '或者采用对方的修改并放弃您的。',
    lookAtTheirs: '另一次修改的变更内容', keepMine: '继续使用我的文本', takeTheirs: '采用对方的，放弃我的',
    changed: '已修改', goes: '将移除', takeOut: '移除此文件', putBack: '恢复此文件', addFile: '添加文件',
    fileName: '文件名：小写字母、数字、连字符，以 .yaml 结尾',
    kinds: {ADDED: '新增', REMOVED: '移除', CHANGED: '已修改'},
    acts: {apply: '应用', tune: '调整', remove: '移除文件', rollback: '回滚'},
    // Order search
    searchOrders: '搜索', search: '搜索', confirmedFrom: '确认时间（起）', confirmedAt: '确认时间', kind: '类型',
    withoutAStore: '最新的在前。指定门店时也查历史订单，不指定门店时只查进行中与刚完结的订单。',
    lookFurther: '查找更早的订单', lookedThroughTo: n => `目前找到 ${n} 单，更早的订单尚未查找。`, foundAll: n => `共 ${n} 单。`,
    messages: '搁置的消息', messagesAre: '只保留无法处理的消息，其他消息只留下上面的步骤。',
    kindsOfOrder: {PICKUP: '自取', DELIVERY: '配送'},
    orderStates: {OPEN: '进行中', CONFIRMED: '已确认', PAID: '已支付', RECEIVED: '已生成制作单', MAKING: '制作中', MADE: '制作完成',
      NOTED: '已创建配送单', ASSIGNED: '已派骑手', PICKED_UP: '已取货', DELIVERED: '已送达', FAILED: '配送失败',
      CANCEL_REQUESTED: '取消申请中', CANCELLED: '已取消', REFUSED: '已拒绝', DELIVERY_FAILED: '配送失败而完结',
      EXPIRED: '超时未支付'},
    // Trends
    trends: '趋势', trendsAre: '本节点最近一小时，每十秒一个点，只保存在内存中。待完成的订单数按整个账本统计。',
    noPointYet: '暂无数据：节点启动二十秒后出现第一个点。', asOf: at => `截至 ${at}`,
    orderRate: '每秒订单', callbackP99: '支付回调 p99，毫秒', owedByArrow: '各链路待完成的订单',
    repairedByArrow: '每十秒由拉取补偿的订单', newest: '当前', mean: '平均', highest: '最高',
    owedByArrowNone: '这一小时内，没有任何链路有待完成的订单。', repairedByArrowNone: '这一小时内，没有需要拉取补偿的订单。',
    // Parked
    filter: '筛选', any: '不限', causeHas: '原因包含', from: '起始时间', to: '早于', show: '显示', clear: '清除', more: '更多',
    parkedStates: {PARKED: '搁置', REPLAYED: '已重放', DISMISSED: '已忽略', ALL: '全部'},
    content: n => `内容，${n} 字节`, body: '正文', noText: '不是文本，逐字节显示。',
    cutAt: (n, all) => `共 ${all} 字节，显示前 ${n} 字节。`,
    replay: '重放', dismiss: '忽略', leaveParked: '继续搁置', whyDismiss: '无需重放的原因', sending: '发送中 …',
    replayed: outcome => `已重放：${outcome}。`, dismissed: '已忽略。', staysParked: '仍然搁置，上面是新的原因。',
    noSuchMessage: '此消息已不存在。', doneBefore: (by, at) => `此前已由 ${by} 于 ${at} 处理。`,
    lastAct: (state, at, by, outcome, reason) => [`${state}：${at}，${by}`, outcome, reason].filter(Boolean).join(' · '),
  },
};

let language = localStorage.getItem(KEY) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');

export const isEnglish = () => language === 'en';

export function switchLanguage() {
  language = isEnglish() ? 'zh' : 'en';
  localStorage.setItem(KEY, language);
}

/** @param values fill the word in, where it is a function of them */
export function say(word, ...values) {
  const said = WORDS[language][word];
  return typeof said === 'function' ? said(...values) : said;
}

/** The word for a value of an enumeration, as an outcome; a value that the page doesn't know is shown as it is. */
export const name = (list, value) => WORDS[language][list][value] ?? value;

/** As HTML names the language. */
export const htmlLanguage = () => isEnglish() ? 'en' : 'zh-CN';
export const number = value => new Intl.NumberFormat(htmlLanguage(), {maximumFractionDigits: 1}).format(value);
export const clock = instant => new Intl.DateTimeFormat(htmlLanguage(), {hour: '2-digit', minute: '2-digit', second: '2-digit',
  hourCycle: 'h23'}).format(new Date(instant));
/** With the date, for an instant that may be of another day. */
export const moment = instant => new Intl.DateTimeFormat(htmlLanguage(), {dateStyle: 'medium', timeStyle: 'medium',
  hourCycle: 'h23'}).format(new Date(instant));
export const clockMillis = instant => `${clock(instant)}.${String(new Date(instant).getMilliseconds()).padStart(3, '0')}`;
