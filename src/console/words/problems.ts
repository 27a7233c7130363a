import type { RefusedRow } from '../../http/schemas/common.ts';
import type { Refusal } from '../api/client.ts';
import { catalogue } from '../i18n/catalogue.ts';
import { language } from '../i18n/language.ts';
import { placeWords } from './places.ts';

/** What the box refuses, for people. A kind that is not here is told in the box's own (English) words. */
export const problems = catalogue({
  offline: {
    uk: 'Simpost не відповідає. Спробуйте ще раз за хвилину.',
    ru: 'Simpost не отвечает. Попробуйте ещё раз через минуту.',
    en: 'The box does not answer. Try again in a minute.',
  },
  loginRefused: { uk: 'Ім’я або пароль неправильні.', ru: 'Имя или пароль неверны.', en: 'The name or the password is wrong.' },
  rateLimited: {
    uk: 'Забагато спроб. Зачекайте трохи.',
    ru: 'Слишком много попыток. Подождите немного.',
    en: 'Too many tries. Please wait a while.',
  },
  addressForbidden: {
    uk: 'Це можна зробити лише на самому пристрої: відкрийте сторінку на ньому.',
    ru: 'Это можно сделать только на самом устройстве: откройте страницу на нём.',
    en: 'This can be done on the box itself only: open the page there.',
  },
  scopeMissing: {
    uk: 'Ваша роль цього не дозволяє. Власник може це змінити.',
    ru: 'Ваша роль этого не позволяет. Владелец может это изменить.',
    en: 'Your role may not do this. An owner can change that.',
  },
  requestInvalid: {
    uk: 'Щось із цього записано неправильно.',
    ru: 'Что-то из этого записано неверно.',
    en: 'Something of this is not right.',
  },
  settingInvalid: {
    uk: 'Щось із цього записано неправильно.',
    ru: 'Что-то из этого записано неверно.',
    en: 'Something of this is not right.',
  },
  ruleInvalid: { uk: 'Правило записано неправильно.', ru: 'Правило записано неверно.', en: 'The rule is not clear.' },
  posterInvalid: {
    uk: 'Таке слово на плакат не підходить.',
    ru: 'Такое слово для плаката не подходит.',
    en: 'The poster cannot have this word.',
  },
  templateInvalid: { uk: 'У тексті щось не так.', ru: 'В тексте что-то не так.', en: 'Something in the text is not right.' },
  templateUnknown: { uk: 'Такого шаблону немає.', ru: 'Такого шаблона нет.', en: 'There is no such template.' },
  contactUnknown: { uk: 'Такого контакту немає.', ru: 'Такого контакта нет.', en: 'There is no such contact.' },
  dialogueInvalid: { uk: 'Діалог записано неправильно:', ru: 'Диалог записан неверно:', en: 'The dialogue is not clear:' },
  dialogueUnknown: { uk: 'Такого діалогу немає.', ru: 'Такого диалога нет.', en: 'There is no such dialogue.' },
  dialogueOpen: {
    uk: 'З клієнтом уже триває автоматична розмова.',
    ru: 'С клиентом уже идёт автоматический разговор.',
    en: 'The client is in a dialogue already.',
  },
  topicInvalid: {
    uk: 'Тема: одне слово з літер і цифр, не більше 40 знаків.',
    ru: 'Тема: одно слово из букв и цифр, не больше 40 знаков.',
    en: 'A topic is one word of letters and digits, at most 40 of them.',
  },
  scopeInvalid: { uk: 'Такої відмови не буває.', ru: 'Такого отказа не бывает.', en: 'There is no such opt-out.' },
  webhookRefused: {
    uk: 'На цю адресу не надсилаємо: вона веде на сам пристрій або в закриту мережу, або це не https.',
    ru: 'На этот адрес не отправляем: он ведёт на само устройство или в закрытую сеть, либо это не https.',
    en: 'This address is not called: it leads to the box itself or into a closed network, or is not https.',
  },
  webhookConfigured: {
    uk: 'Цей вебхук записано у файлі налаштувань: змініть його там.',
    ru: 'Этот вебхук записан в файле настроек: измените его там.',
    en: 'This webhook stands in the configuration file: change it there.',
  },
  countDiffers: {
    uk: 'Одержувачів стало інше число. Подивіться ще раз і підтвердьте.',
    ru: 'Число получателей изменилось. Посмотрите ещё раз и подтвердите.',
    en: 'The number of recipients has changed. Look again, and confirm.',
  },
  countMismatch: {
    uk: 'Їх уже інше число. Подивіться ще раз і підтвердьте.',
    ru: 'Их уже другое число. Посмотрите ещё раз и подтвердите.',
    en: 'There is another number of them now. Look again, and confirm.',
  },
  stateDiffers: {
    uk: 'Стан уже змінився. Подивіться ще раз.',
    ru: 'Состояние уже изменилось. Посмотрите ещё раз.',
    en: 'It has changed meanwhile. Look again.',
  },
  underWay: {
    uk: 'Повідомлення саме в дорозі. Спробуйте, коли вони дійдуть.',
    ru: 'Сообщения сейчас в пути. Попробуйте, когда они дойдут.',
    en: 'Messages are on their way. Try again when they have arrived.',
  },
  importRunning: {
    uk: 'Саме імпортується інший список. Зачекайте, доки він закінчиться.',
    ru: 'Сейчас импортируется другой список. Подождите, пока он закончится.',
    en: 'Another list is being imported. Wait until it is done.',
  },
  bodyTooLarge: { uk: 'Це завелике для одного разу.', ru: 'Это слишком много для одного раза.', en: 'This is too large at once.' },
  linkUnavailable: {
    uk: 'Посилань у текстах ще не налаштовано.',
    ru: 'Ссылки в текстах ещё не настроены.',
    en: 'Links in texts are not set up yet.',
  },
  restoreRefused: { uk: 'З цієї копії відновити не можна.', ru: 'Из этой копии восстановить нельзя.', en: 'This copy cannot be restored.' },
  backupFailed: { uk: 'Копію зробити не вдалося.', ru: 'Копию сделать не удалось.', en: 'The backup could not be made.' },
  setupDone: { uk: 'Тут уже все налаштовано.', ru: 'Здесь уже всё настроено.', en: 'The box is set up already.' },
  sessionOver: { uk: 'Увійдіть ще раз.', ru: 'Войдите ещё раз.', en: 'Please log in again.' },
  requestTimeout: {
    uk: 'Зв’язок надто повільний: спробуйте ще раз.',
    ru: 'Связь слишком медленная: попробуйте ещё раз.',
    en: 'The connection is too slow: try again.',
  },
  modemMute: { uk: 'Модем не відповідає.', ru: 'Модем не отвечает.', en: 'The modem does not answer.' },
  modemRefused: { uk: 'Модем цього не виконує.', ru: 'Модем этого не выполняет.', en: 'The modem refuses this.' },
  openingHoursMissing: {
    uk: 'Спершу позначте години, коли ви на місці.',
    ru: 'Сначала отметьте часы, когда вы на месте.',
    en: 'First mark the hours when you are there.',
  },
  alarmWordsMissing: {
    uk: 'Спершу напишіть тривожні слова.',
    ru: 'Сначала напишите тревожные слова.',
    en: 'First write the words of alarm.',
  },
  notFound: { uk: 'Цього вже немає.', ru: 'Этого уже нет.', en: 'It is not there any more.' },
  nameTaken: { uk: 'Таке ім’я вже є.', ru: 'Такое имя уже есть.', en: 'Somebody has this name already.' },
  lastOwner: {
    uk: 'Це останній власник; спершу призначте іншого.',
    ru: 'Это последний владелец; сначала назначьте другого.',
    en: 'This is the last owner; make somebody else an owner first.',
  },
  notUncertain: {
    uk: 'Сумніву вже немає: доля повідомлення відома.',
    ru: 'Сомнения уже нет: судьба сообщения известна.',
    en: 'This message is not in doubt any more.',
  },
  notHeld: {
    uk: 'Це повідомлення вже ніщо не тримає.',
    ru: 'Это сообщение уже ничто не держит.',
    en: 'Nothing holds this message any more.',
  },
  tooLate: {
    uk: 'Уже запізно: повідомлення в дорозі або завершене.',
    ru: 'Уже поздно: сообщение в пути или завершено.',
    en: 'It is too late: the message is on its way or has ended.',
  },
  ussdBusy: {
    uk: 'SIM саме зайнята іншим запитом.',
    ru: 'SIM сейчас занята другим запросом.',
    en: 'The SIM is busy with another request.',
  },
  pinRefused: {
    uk: 'SIM не прийняла цей PIN. Більше його не пробуємо.',
    ru: 'SIM не приняла этот PIN. Больше его не пробуем.',
    en: 'The SIM did not take this PIN. It is not tried again.',
  },
  pinNotTried: {
    uk: 'Зараз PIN не вводимо: SIM його не питає, або лишилося замало спроб.',
    ru: 'Сейчас PIN не вводим: SIM его не спрашивает, или осталось слишком мало попыток.',
    en: 'No PIN is entered now: the SIM does not ask for it, or too few tries are left.',
  },
  ussdRefused: { uk: 'Такий код не надсилається.', ru: 'Такой код не отправляется.', en: 'This code is not sent.' },
  numberInvalid: { uk: 'Це не схоже на номер телефону.', ru: 'Это не похоже на номер телефона.', en: 'This cannot be a phone number.' },
  textInvalid: { uk: 'Такий текст надіслати не можна.', ru: 'Такой текст отправить нельзя.', en: 'This text cannot be sent.' },
  textTooLong: { uk: 'Текст задовгий.', ru: 'Текст слишком длинный.', en: 'The text is too long.' },
  simUnknown: { uk: 'Такої SIM немає.', ru: 'Такой SIM нет.', en: 'There is no such SIM.' },
  simRefused: { uk: 'Ця SIM такого не передає.', ru: 'Эта SIM такого не передаёт.', en: 'This SIM may not carry that.' },
  textShouts: {
    uk: 'Текст кричить: забагато великих літер.',
    ru: 'Текст кричит: слишком много заглавных букв.',
    en: 'The text shouts: too many capitals.',
  },
  textThreatens: { uk: 'Нагадування звучить як погроза.', ru: 'Напоминание звучит как угроза.', en: 'The reminder sounds like a threat.' },
  textUnsigned: {
    uk: 'Не видно, хто пише: додайте назву.',
    ru: 'Не видно, кто пишет: добавьте название.',
    en: 'It does not say who writes: add your name.',
  },
  wayOutMissing: {
    uk: 'У пропозиції немає способу відмовитися.',
    ru: 'В предложении нет способа отказаться.',
    en: 'The offer does not say how to get no more of them.',
  },
  confirmationIncomplete: {
    uk: 'У підтвердженні бракує часу або місця.',
    ru: 'В подтверждении нет времени или места.',
    en: 'The confirmation lacks the time or the place.',
  },
  timeInvalid: {
    uk: 'Цього часу не дотримати: він минув або задалекий.',
    ru: 'Это время не выдержать: оно прошло или слишком далеко.',
    en: 'That time cannot be kept: it is past, or too far away.',
  },
  optedOut: {
    uk: 'Клієнт відмовився від таких повідомлень.',
    ru: 'Клиент отказался от таких сообщений.',
    en: 'The client does not want such messages.',
  },
  suppressionsUnknown: {
    uk: 'Список відмов втрачено: доки його не повернуто, надсилаються лише коди.',
    ru: 'Список отказов утерян: пока его не вернули, отправляются только коды.',
    en: 'The opt-out list was lost: until it is back only codes are sent.',
  },
  consentMissing: {
    uk: 'Клієнт не погоджувався на пропозиції.',
    ru: 'Клиент не соглашался на предложения.',
    en: 'The client has not agreed to offers.',
  },
  expired: { uk: 'Повідомлення запізнилося б.', ru: 'Сообщение опоздало бы.', en: 'The message would be past its time.' },
  countryNotAllowed: { uk: 'До цієї країни не надсилаємо.', ru: 'В эту страну не отправляем.', en: 'This country is not sent to.' },
  premiumNumber: { uk: 'Це платний номер.', ru: 'Это платный номер.', en: 'This number charges whoever writes to it.' },
  noWindow: {
    uk: 'До потрібного часу немає дозволеної години.',
    ru: 'До нужного времени нет разрешённого часа.',
    en: 'There is no allowed hour before its time.',
  },
  promotionalPer7Days: {
    uk: 'Цей клієнт уже отримав пропозицію цього тижня.',
    ru: 'Этот клиент уже получил предложение на этой неделе.',
    en: 'This client has had an offer this week.',
  },
  allPerDay: {
    uk: 'Цей клієнт отримав сьогодні вже достатньо.',
    ru: 'Этот клиент получил сегодня уже достаточно.',
    en: 'This client has had enough messages today.',
  },
  monthlyOffers: {
    uk: 'Клієнт хоче пропозицій не частіше, ніж раз на місяць.',
    ru: 'Клиент хочет предложений не чаще раза в месяц.',
    en: 'The client wants offers at most once a month.',
  },
  unanswered: {
    uk: 'Клієнт написав і чекає на відповідь.',
    ru: 'Клиент написал и ждёт ответа.',
    en: 'The client has written and waits for an answer.',
  },
  visitNear: {
    uk: 'У клієнта візит протягом доби: пропозиція зачекає.',
    ru: 'У клиента визит в течение суток: предложение подождёт.',
    en: 'The client has a visit within a day: an offer waits.',
  },
  repairUnderWay: {
    uk: 'Клієнт чекає на ремонт: пропозиція зачекає.',
    ru: 'Клиент ждёт ремонта: предложение подождёт.',
    en: 'The client waits for a repair: an offer waits.',
  },
  lowRating: {
    uk: 'Клієнт нещодавно був невдоволений.',
    ru: 'Клиент недавно был недоволен.',
    en: 'The client was not content lately.',
  },
  quotaUsedUp: { uk: 'Квоту вичерпано.', ru: 'Квота исчерпана.', en: 'The quota is used up.' },
  costLimit: {
    uk: 'Повідомлення за добу вже коштували, скільки дозволено.',
    ru: 'Сообщения за сутки уже стоили, сколько разрешено.',
    en: 'Messages have cost as much as they may in a day.',
  },
  recipientLimit: {
    uk: 'На цей номер забагато повідомлень; спробуйте пізніше.',
    ru: 'На этот номер слишком много сообщений; попробуйте позже.',
    en: 'This number gets too many messages; try later.',
  },
  adjacentNumbers: {
    uk: 'Забагато сусідніх номерів поспіль: їх зупинено на годину.',
    ru: 'Слишком много соседних номеров подряд: они остановлены на час.',
    en: 'Too many neighbouring numbers in a row: they are stopped for an hour.',
  },
  queueFull: { uk: 'Черга повна. Спробуйте згодом.', ru: 'Очередь полна. Попробуйте позже.', en: 'The queue is full. Try again later.' },
  storeFull: { uk: 'На диску немає місця.', ru: 'На диске нет места.', en: 'The disk is full.' },
  unavailable: { uk: 'Зараз це неможливо.', ru: 'Сейчас это невозможно.', en: 'This is not possible now.' },
  internal: {
    uk: 'Simpost помилився; подробиці в журналі.',
    ru: 'Simpost ошибся; подробности в журнале.',
    en: 'Simpost made a mistake; the log says more.',
  },
  networkRefused: { uk: 'Мережа відмовила.', ru: 'Сеть отказала.', en: 'The network refuses this.' },
  networkMute: { uk: 'Мережа не відповідає.', ru: 'Сеть не отвечает.', en: 'The network does not answer.' },
});

const fieldProblem = catalogue({ invalid: { uk: 'Так записати не можна: {why}', ru: 'Так записать нельзя: {why}', en: '{why}' } });

type Place = Refusal['errors'][number];

/** Of these the box's own sentence speaks of what only stands in its file. */
const OWN_WORDS: ReadonlySet<string> = new Set(['offline', 'openingHoursMissing', 'alarmWordsMissing']);

/** These say nothing of what is wrong: the place says it. */
const BY_PLACE: ReadonlySet<string> = new Set([
  'requestInvalid',
  'settingInvalid',
  'ruleInvalid',
  'posterInvalid',
  'templateInvalid',
  'dialogueInvalid',
]);

const reasonWords = ({ reason, limit = 0 }: Place): string | undefined =>
  reason === undefined ? undefined : placeWords.maybe(reason, { n: limit });

/** What is wrong with one field, in the language of whoever looks; in the box's own words where its reason is not known here. */
export function fieldWords({ code }: Pick<Refusal, 'code'>, place: Place): string {
  const why = reasonWords(place);
  if (why !== undefined) return why;
  const known = BY_PLACE.has(code) ? undefined : problems.maybe(code);
  return known !== undefined && (language.value !== 'en' || OWN_WORDS.has(code)) ? known : fieldProblem('invalid', { why: place.detail });
}

/** Their sentences begin with a place as programs name it. */
const NAME_A_PLACE: ReadonlySet<string> = new Set(['requestInvalid', 'settingInvalid']);

/** A refusal in the language of whoever looks. In English the box's own sentence says it best, where it does not begin with a pointer. */
export function problemWords({ code, message, errors }: Pick<Refusal, 'code' | 'message' | 'errors'>): string {
  const known = problems.maybe(code);
  const [place] = BY_PLACE.has(code) ? errors : [];
  const why = place && reasonWords(place);
  const isEnglish = language.value === 'en' && !OWN_WORDS.has(code);
  if (known === undefined || (isEnglish && !(NAME_A_PLACE.has(code) && why !== undefined))) return message;
  return place ? `${known} ${why ?? place.detail}` : known;
}

const rowWords = catalogue({
  row: { uk: 'Рядок {row}: {why}', ru: 'Строка {row}: {why}', en: 'Row {row}: {why}' },
  field: { uk: 'Рядок {row}, {field}: {why}', ru: 'Строка {row}, {field}: {why}', en: 'Row {row}, {field}: {why}' },
});

/** Why a row of a list is not taken. @param nameOf what a field is called there, where it has a name */
export function refusedRowWords(
  { row, detail, code, errors }: RefusedRow,
  nameOf: (field: string) => string | undefined = () => undefined,
): string {
  const [place] = errors;
  const field = place && nameOf(place.pointer.split('/')[1] ?? '');
  const why = place ? fieldWords({ code }, place) : problemWords({ code, message: detail, errors });
  return field === undefined ? rowWords('row', { row, why }) : rowWords('field', { row, field, why });
}
