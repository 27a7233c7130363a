import { catalogue } from '../i18n/catalogue.ts';

/** What may be said of a message, wherever it is shown. */
export const statuses = catalogue({
  accepted: { uk: 'прийнято', ru: 'принято', en: 'accepted' },
  held: { uk: 'чекає', ru: 'ждёт', en: 'waits' },
  queued: { uk: 'у черзі', ru: 'в очереди', en: 'queued' },
  sending: { uk: 'надсилається', ru: 'отправляется', en: 'being sent' },
  sent: { uk: 'надіслано', ru: 'отправлено', en: 'sent' },
  delivered: { uk: 'доставлено', ru: 'доставлено', en: 'delivered' },
  undelivered: { uk: 'не доставлено', ru: 'не доставлено', en: 'not delivered' },
  refused: { uk: 'відхилено', ru: 'отклонено', en: 'refused' },
  failed: { uk: 'не вдалося', ru: 'не удалось', en: 'failed' },
  expired: { uk: 'запізнилося', ru: 'опоздало', en: 'expired' },
  cancelled: { uk: 'скасовано', ru: 'отменено', en: 'cancelled' },
  uncertain: { uk: 'під сумнівом', ru: 'под сомнением', en: 'in doubt' },
});

/** Why a status is what it is. */
export const reasons = catalogue({
  scheduled: { uk: 'заплановано на потім', ru: 'запланировано на потом', en: 'scheduled for later' },
  quietHours: { uk: 'тихі години: піде, коли можна', ru: 'тихие часы: уйдёт, когда можно', en: 'quiet hours: it goes when it may' },
  movedEarlier: { uk: 'через тихі години піде раніше', ru: 'из-за тихих часов уйдёт раньше', en: 'goes earlier because of quiet hours' },
  allPerDay: {
    uk: 'клієнт сьогодні отримав уже достатньо',
    ru: 'клиент сегодня получил уже достаточно',
    en: 'the client has had enough messages today',
  },
  promotionalPer7Days: {
    uk: 'пропозиція цього тижня вже була',
    ru: 'предложение на этой неделе уже было',
    en: 'the client has had an offer this week',
  },
  monthlyOffers: {
    uk: 'клієнт хоче пропозицій не частіше, ніж раз на місяць',
    ru: 'клиент хочет предложений не чаще раза в месяц',
    en: 'the client wants offers at most once a month',
  },
  unanswered: {
    uk: 'клієнт написав і чекає на відповідь',
    ru: 'клиент написал и ждёт ответа',
    en: 'the client has written and waits for an answer',
  },
  visitNear: {
    uk: 'у клієнта візит протягом доби',
    ru: 'у клиента визит в течение суток',
    en: 'the client has a visit within a day',
  },
  repairUnderWay: {
    uk: 'клієнт чекає на ремонт',
    ru: 'клиент ждёт ремонта',
    en: 'the client waits for a repair',
  },
  lowRating: {
    uk: 'клієнт нещодавно був невдоволений',
    ru: 'клиент недавно был недоволен',
    en: 'the client was not content lately',
  },
  optOutUnsure: {
    uk: 'людина має прочитати, чого хоче клієнт',
    ru: 'человек должен прочитать, чего хочет клиент',
    en: 'a person is to read what the client meant',
  },
  clockUntrusted: {
    uk: 'годинник пристрою ще не підтверджено',
    ru: 'часы устройства ещё не подтверждены',
    en: 'the clock of the box is not confirmed yet',
  },
  missed: {
    uk: 'час минув, поки Simpost був вимкнений',
    ru: 'время прошло, пока Simpost был выключен',
    en: 'its time came while the box was off',
  },
  simAtItsCap: {
    uk: 'SIM вичерпала свій ліміт; чекає',
    ru: 'SIM исчерпала свой лимит; ждёт',
    en: 'the SIM has reached its limit; it waits',
  },
  noSimAllowed: {
    uk: 'жодна готова SIM не може цього передати',
    ru: 'ни одна готовая SIM не может этого передать',
    en: 'no SIM that is ready may carry it',
  },
  retry: { uk: 'не вдалося; спробуємо ще', ru: 'не удалось; попробуем ещё', en: 'it failed; another try follows' },
  released: { uk: 'відпущено людиною', ru: 'отпущено человеком', en: 'let go by a person' },
  resend: { uk: 'надсилається ще раз', ru: 'отправляется ещё раз', en: 'is sent once more' },
  unconfirmed: { uk: 'чи воно дійшло, ніхто не знає', ru: 'дошло ли оно, никто не знает', en: 'nobody knows whether it arrived' },
  partial: { uk: 'пішла лише частина', ru: 'ушла только часть', en: 'only a part of it went' },
  deadLetter: { uk: 'не вдається знову й знову', ru: 'не удаётся снова и снова', en: 'it fails again and again' },
  damaged: { uk: 'диск не зберіг його цілим', ru: 'диск не сохранил его целым', en: 'the disk has not kept it whole' },
  timeToLive: { uk: 'час минув раніше, ніж воно пішло', ru: 'время прошло раньше, чем оно ушло', en: 'its time was over before it went' },
  refusedByNetwork: { uk: 'мережа остаточно відмовила', ru: 'сеть окончательно отказала', en: 'the network refused it for good' },
  triesUsedUp: { uk: 'усі спроби вичерпано', ru: 'все попытки исчерпаны', en: 'every try was used up' },
  superseded: { uk: 'його замінив новіший код', ru: 'его заменил более новый код', en: 'a newer code took its place' },
  withdrawn: {
    uk: 'візит чи замовлення перенесли або скасували',
    ru: 'визит или заказ перенесли либо отменили',
    en: 'its visit or order was moved or called off',
  },
  erased: { uk: 'дані клієнта видалено', ru: 'данные клиента удалены', en: 'the data of the client was erased' },
  lateDelivered: { uk: 'дійшло пізніше', ru: 'дошло позже', en: 'it arrived late' },
  person: { uk: 'так вирішила людина', ru: 'так решил человек', en: 'a person decided so' },
  optedOut: { uk: 'клієнт відмовився', ru: 'клиент отказался', en: 'the client does not want it' },
  suppressionsUnknown: { uk: 'список відмов втрачено', ru: 'список отказов утерян', en: 'the opt-out list was lost' },
  consentMissing: { uk: 'немає згоди на пропозиції', ru: 'нет согласия на предложения', en: 'no consent to offers' },
  expired: { uk: 'його час минув', ru: 'его время прошло', en: 'its time is over' },
  countryNotAllowed: { uk: 'до цієї країни не надсилаємо', ru: 'в эту страну не отправляем', en: 'this country is not sent to' },
  premiumNumber: { uk: 'платний номер', ru: 'платный номер', en: 'a number that charges' },
  noWindow: { uk: 'немає дозволеної години', ru: 'нет разрешённого часа', en: 'there is no allowed hour' },
  goodMoment: { uk: 'слушний час', ru: 'подходящий момент', en: 'a good moment' },
  noDoubt: { uk: 'без сумнівів', ru: 'без сомнений', en: 'no doubt' },
  due: { uk: 'час настав', ru: 'время пришло', en: 'it is due' },
  withinTime: { uk: 'ще вчасно', ru: 'ещё вовремя', en: 'in time' },
  withinCaps: { uk: 'не зачасто', ru: 'не слишком часто', en: 'not too often' },
  wanted: { uk: 'відмови немає', ru: 'отказа нет', en: 'the client has not opted out' },
  openHours: { uk: 'дозволена година', ru: 'разрешённый час', en: 'an allowed hour' },
  notForThisPurpose: { uk: 'для цього виду не питають', ru: 'для этого вида не спрашивают', en: 'not asked for this purpose' },
  ordinaryNumber: { uk: 'звичайний номер', ru: 'обычный номер', en: 'an ordinary number' },
  countryAllowed: { uk: 'країну дозволено', ru: 'страна разрешена', en: 'the country is allowed' },
  anyCountry: { uk: 'дозволено всі країни', ru: 'разрешены все страны', en: 'every country is allowed' },
  consentNotNeeded: { uk: 'згода не потрібна', ru: 'согласие не нужно', en: 'no consent needed' },
  agreed: { uk: 'клієнт погодився', ru: 'клиент согласился', en: 'the client has agreed' },
  answer: { uk: 'це відповідь клієнтові', ru: 'это ответ клиенту', en: 'an answer to the client' },
  synchronized: { uk: 'годинник точний', ru: 'часы точны', en: 'the clock is right' },
  batteryClock: { uk: 'годинник на батарейці', ru: 'часы на батарейке', en: 'a clock with a battery' },
  network: { uk: 'годинник підтвердила мережа', ru: 'часы подтвердила сеть', en: 'the network confirms the clock' },
  networkDisagrees: { uk: 'мережа показує інший час', ru: 'сеть показывает другое время', en: 'the network says another time' },
  nobodySays: { uk: 'годинник ніхто не підтверджує', ru: 'часы никто не подтверждает', en: 'nobody confirms the clock' },
  virtualMachine: {
    uk: 'годинник дає господар віртуальної машини',
    ru: 'часы даёт хозяин виртуальной машины',
    en: 'the host of the virtual machine gives the time',
  },
  clockTrusted: { uk: 'годинник точний', ru: 'часы точны', en: 'the clock is right' },
  always: { uk: 'годиннику вірять завжди', ru: 'часам верят всегда', en: 'the clock is always believed' },
});

export const purposes = catalogue({
  otp: { uk: 'код', ru: 'код', en: 'code' },
  urgent: { uk: 'термінове', ru: 'срочное', en: 'urgent' },
  service: { uk: 'сервісне', ru: 'сервисное', en: 'service' },
  promotional: { uk: 'пропозиція', ru: 'предложение', en: 'offer' },
});

/** What each rule of policy looks at. */
export const rules = catalogue({
  clock: { uk: 'Годинник', ru: 'Часы', en: 'Clock' },
  suppression: { uk: 'Відмови', ru: 'Отказы', en: 'Opt-outs' },
  consent: { uk: 'Згода', ru: 'Согласие', en: 'Consent' },
  country: { uk: 'Країна', ru: 'Страна', en: 'Country' },
  premium: { uk: 'Платні номери', ru: 'Платные номера', en: 'Numbers that charge' },
  moment: { uk: 'Слушний час', ru: 'Подходящий момент', en: 'A good moment' },
  fewOffers: { uk: 'Раз на місяць', ru: 'Раз в месяц', en: 'Once a month' },
  frequency: { uk: 'Частота', ru: 'Частота', en: 'Frequency' },
  quietHours: { uk: 'Тихі години', ru: 'Тихие часы', en: 'Quiet hours' },
  schedule: { uk: 'Розклад', ru: 'Расписание', en: 'Schedule' },
  validity: { uk: 'Строк', ru: 'Срок', en: 'Validity' },
  doubt: { uk: 'Сумнів', ru: 'Сомнение', en: 'Doubt' },
});

/** How one try to send a segment ended. */
export const outcomes = catalogue({
  pending: { uk: 'триває', ru: 'идёт', en: 'under way' },
  sent: { uk: 'мережа прийняла', ru: 'сеть приняла', en: 'the network took it' },
  refused: { uk: 'мережа відмовила', ru: 'сеть отказала', en: 'the network refused' },
  notSent: { uk: 'не пішло', ru: 'не ушло', en: 'it did not go out' },
  uncertain: { uk: 'могло піти', ru: 'могло уйти', en: 'it may have gone out' },
  resent: { uk: 'могло піти; надіслано ще раз', ru: 'могло уйти; отправлено ещё раз', en: 'it may have gone out; it was sent once more' },
  failed: { uk: 'вважається, що не пішло', ru: 'считается, что не ушло', en: 'taken as not sent' },
});

/** Why this SIM. */
export const choices = catalogue({
  requested: { uk: 'так попросили', ru: 'так попросили', en: 'it was asked for' },
  begun: { uk: 'тут пішли попередні сегменти', ru: 'здесь ушли предыдущие сегменты', en: 'earlier segments went from it' },
  sticky: { uk: 'клієнт знає цей номер', ru: 'клиент знает этот номер', en: 'the client knows its number' },
  preferred: { uk: 'для таких номерів її обрано', ru: 'для таких номеров она выбрана', en: 'it is preferred for such numbers' },
  cheapest: { uk: 'найдешевша', ru: 'самая дешёвая', en: 'the cheapest' },
  onlyOne: { uk: 'лише вона могла', ru: 'только она могла', en: 'the only one that could' },
  first: { uk: 'вільна першою', ru: 'свободна первой', en: 'the first that was free' },
});

/** What Simpost took a client's text for. */
export const meanings = catalogue({
  stop: { uk: 'відмова', ru: 'отказ', en: 'opt-out' },
  start: { uk: 'знову дає згоду', ru: 'снова даёт согласие', en: 'opts in again' },
  help: { uk: 'питає, хто це', ru: 'спрашивает, кто это', en: 'asks for help' },
  yes: { uk: 'так', ru: 'да', en: 'yes' },
  visit: { uk: 'про візит', ru: 'о визите', en: 'about a visit' },
  cancel: { uk: 'скасовує візит', ru: 'отменяет визит', en: 'cancels a visit' },
  wrongNumber: { uk: 'не той номер', ru: 'не тот номер', en: 'wrong number' },
  unsure: { uk: 'прочитайте: можлива відмова', ru: 'прочитайте: возможен отказ', en: 'please read: perhaps an opt-out' },
});

/** What the network or the modem said, for people; a code that is not here is shown as it is. */
export const causes = catalogue({
  'CMS-1': { uk: 'номера не існує', ru: 'номера не существует', en: 'nobody has this number' },
  'CMS-8': { uk: 'оператор заборонив', ru: 'оператор запретил', en: 'the operator bars it' },
  'CMS-10': { uk: 'SIM заблоковано', ru: 'SIM заблокирована', en: 'the SIM is barred' },
  'CMS-21': { uk: 'мережа відхилила', ru: 'сеть отклонила', en: 'the network rejected it' },
  'CMS-27': { uk: 'телефон поза зоною', ru: 'телефон вне зоны', en: 'the phone is out of reach' },
  'CMS-28': { uk: 'мережа не знає абонента', ru: 'сеть не знает абонента', en: 'the network does not know the subscriber' },
  'CMS-30': { uk: 'мережа не знає цієї SIM', ru: 'сеть не знает этой SIM', en: 'the network does not know this SIM' },
  'CMS-38': { uk: 'мережа не працює', ru: 'сеть не работает', en: 'the network is out of order' },
  'CMS-41': { uk: 'тимчасовий збій мережі', ru: 'временный сбой сети', en: 'a temporary failure of the network' },
  'CMS-42': { uk: 'мережа перевантажена', ru: 'сеть перегружена', en: 'the network is crowded' },
  'CMS-47': { uk: 'немає ресурсів у мережі', ru: 'нет ресурсов в сети', en: 'the network has no resources' },
  'CMS-50': {
    uk: 'послуга недоступна: перевірте рахунок',
    ru: 'услуга недоступна: проверьте счёт',
    en: 'the service is not available: check the balance',
  },
  'CMS-69': { uk: 'мережа цього не вміє', ru: 'сеть этого не умеет', en: 'the network cannot do this' },
  'CMS-310': { uk: 'немає SIM', ru: 'нет SIM', en: 'there is no SIM' },
  'CMS-330': { uk: 'невідомий центр SMS', ru: 'неизвестен центр SMS', en: 'the SMSC is not known' },
  'CMS-331': { uk: 'немає мережі', ru: 'нет сети', en: 'there is no network' },
  'CMS-332': { uk: 'мережа не відповіла вчасно', ru: 'сеть не ответила вовремя', en: 'the network did not answer in time' },
  'CMS-500': { uk: 'невідома помилка модема', ru: 'неизвестная ошибка модема', en: 'an unknown error of the modem' },
  // TP-ST of TS 23.040 9.2.3.15, with which the service centre gave up.
  'TP-ST': { uk: 'мережа не змогла доставити', ru: 'сеть не смогла доставить', en: 'the network could not deliver it' },
  'TP-ST-65': { uk: 'телефон не приймає такого', ru: 'телефон такого не принимает', en: 'the phone takes no such message' },
  'TP-ST-66': { uk: 'телефон відхилив', ru: 'телефон отклонил', en: 'the phone rejected it' },
  'TP-ST-67': { uk: 'до номера не достукатися', ru: 'до номера не достучаться', en: 'the number cannot be reached' },
  'TP-ST-70': {
    uk: 'телефон не з’явився в мережі вчасно',
    ru: 'телефон не появился в сети вовремя',
    en: 'the phone was not in the network in time',
  },
  'TP-ST-72': { uk: 'оператор вилучив', ru: 'оператор удалил', en: 'the operator deleted it' },
  'EV-TIMEOUT': { uk: 'модем не відповів вчасно', ru: 'модем не ответил вовремя', en: 'the modem did not answer in time' },
  'EV-OK-NO-REF': {
    uk: 'модем не сказав, чи мережа прийняла',
    ru: 'модем не сказал, приняла ли сеть',
    en: 'the modem did not say whether the network took it',
  },
  'EV-ERROR-AFTER': {
    uk: 'модем відповів помилкою без пояснення',
    ru: 'модем ответил ошибкой без объяснения',
    en: 'the modem answered with an error and no cause',
  },
  'EV-ERROR-BEFORE': { uk: 'модем не взявся надсилати', ru: 'модем не взялся отправлять', en: 'the modem would not begin' },
  'EV-NO-PROMPT': { uk: 'модем не взявся надсилати', ru: 'модем не взялся отправлять', en: 'the modem would not begin' },
  'EV-PORT-GONE-AFTER': {
    uk: 'модем від’єднали під час надсилання',
    ru: 'модем отключили во время отправки',
    en: 'the modem was unplugged while sending',
  },
  'EV-PORT-GONE-BEFORE': {
    uk: 'модем від’єднали до надсилання',
    ru: 'модем отключили до отправки',
    en: 'the modem was unplugged before sending',
  },
  'EV-PROC-DIED': {
    uk: 'Simpost зупинився під час надсилання',
    ru: 'Simpost остановился во время отправки',
    en: 'Simpost stopped while sending',
  },
  'EV-PORT-GONE': { uk: 'модем від’єднали', ru: 'модем отключили', en: 'the modem was unplugged' },
  'EV-MODEM-MUTE': { uk: 'модем мовчить', ru: 'модем молчит', en: 'the modem is silent' },
});

/** Why a message is as it is: a reason of ours, what the network or the modem said, or the word itself where nobody knows it. */
export const reasonWords = (reason: string): string =>
  reasons.maybe(reason) ?? causes.maybe(reason) ?? causes.maybe(reason.replace(/^(TP-ST)-\d+$/, '$1')) ?? reason;
