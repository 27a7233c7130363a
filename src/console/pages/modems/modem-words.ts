import type { Modem } from '../../../http/schemas/hardware.ts';
import { catalogue, type Entry } from '../../i18n/catalogue.ts';

type Reason = Modem['reason'];
type Note = Modem['notes'][number]['code'];

/** How a modem is, in a sentence. */
export const modemSays = catalogue({
  notStarted: { uk: 'Ще не запущений.', ru: 'Ещё не запущен.', en: 'Not started yet.' },
  opening: { uk: 'Відкриваємо порт.', ru: 'Открываем порт.', en: 'Its port is being opened.' },
  identifying: { uk: 'З’ясовуємо, що це за модем.', ru: 'Выясняем, что это за модем.', en: 'Finding out which modem this is.' },
  simMissing: { uk: 'У модемі немає SIM.', ru: 'В модеме нет SIM.', en: 'There is no SIM in the modem.' },
  simStarting: { uk: 'SIM запускається.', ru: 'SIM запускается.', en: 'The SIM is starting.' },
  pinNeeded: { uk: 'SIM просить PIN.', ru: 'SIM просит PIN.', en: 'The SIM asks for its PIN.' },
  pinKept: {
    uk: 'SIM просить PIN; він є в налаштуваннях.',
    ru: 'SIM просит PIN; он есть в настройках.',
    en: 'The SIM asks for its PIN, which the configuration has.',
  },
  pinNameless: {
    uk: 'SIM просить PIN і не називає себе, тож PIN з налаштувань не підібрати.',
    ru: 'SIM просит PIN и не называет себя, поэтому PIN из настроек не подобрать.',
    en: 'The SIM asks for its PIN without saying which it is, so none of the configuration can be its own.',
  },
  pinRefused: { uk: 'SIM не прийняла PIN.', ru: 'SIM не приняла PIN.', en: 'The SIM did not take its PIN.' },
  pinSpent: {
    uk: 'Для PIN лишилося менше двох спроб.',
    ru: 'Для PIN осталось меньше двух попыток.',
    en: 'Fewer than two tries are left for the PIN.',
  },
  pinDoubtful: {
    uk: 'SIM не прийняла двох PIN, і невідомо, скільки спроб лишилося.',
    ru: 'SIM не приняла двух PIN, и неизвестно, сколько попыток осталось.',
    en: 'The SIM did not take two PINs, and nobody knows how many tries are left.',
  },
  pukNeeded: {
    uk: 'SIM заблоковано, вона просить PUK.',
    ru: 'SIM заблокирована, она просит PUK.',
    en: 'The SIM is blocked and asks for its PUK.',
  },
  locked: { uk: 'Модем або SIM заблоковано.', ru: 'Модем или SIM заблокированы.', en: 'The modem or the SIM is locked.' },
  simFaulty: { uk: 'SIM не читається.', ru: 'SIM не читается.', en: 'The SIM cannot be read.' },
  searching: { uk: 'SIM шукає мережу.', ru: 'SIM ищет сеть.', en: 'The SIM is looking for its network.' },
  notRegistered: {
    uk: 'SIM не в мережі, нічого не надсилається.',
    ru: 'SIM не в сети, ничего не отправляется.',
    en: 'The SIM is in no network, so nothing is sent.',
  },
  abroad: {
    uk: 'SIM у мережі за кордоном, де дорожче; нічого не надсилається.',
    ru: 'SIM в сети за границей, где дороже; ничего не отправляется.',
    en: 'The SIM is in a network abroad, which may cost more; nothing is sent.',
  },
  ready: { uk: 'Усе гаразд.', ru: 'Всё в порядке.', en: 'All is well.' },
  overdue: {
    uk: 'Модем не відповів вчасно, питаємо ще раз.',
    ru: 'Модем не ответил вовремя, спрашиваем снова.',
    en: 'The modem has not answered in time and is asked again.',
  },
  portGone: { uk: 'Порту модема немає.', ru: 'Порта модема нет.', en: 'The port of the modem is gone.' },
  portUnreachable: {
    uk: 'За цією адресою ніхто не відповідає.',
    ru: 'По этому адресу никто не отвечает.',
    en: 'Nobody answers at its address.',
  },
  portBusy: { uk: 'Порт тримає інша програма.', ru: 'Порт держит другая программа.', en: 'Another program holds its port.' },
  portForbidden: {
    uk: 'Simpost не має права відкрити порт.',
    ru: 'Simpost не имеет права открыть порт.',
    en: 'Simpost may not open its port.',
  },
  portNotSerial: { uk: 'Це не послідовний порт.', ru: 'Это не последовательный порт.', en: 'This is not a serial port.' },
  mute: { uk: 'Модем мовчить.', ru: 'Модем молчит.', en: 'The modem is silent.' },
  startingAnew: { uk: 'Модем запускається наново.', ru: 'Модем запускается заново.', en: 'The modem starts anew.' },
  dead: { uk: 'Модем не відповідає зовсім.', ru: 'Модем не отвечает совсем.', en: 'The modem does not answer at all.' },
  noAt: {
    uk: 'Те, що тут під’єднано, не схоже на модем.',
    ru: 'То, что здесь подключено, не похоже на модем.',
    en: 'What is plugged in here does not speak as a modem.',
  },
  refused: {
    uk: 'Модем відмовляється від потрібних команд.',
    ru: 'Модем отказывается от нужных команд.',
    en: 'The modem refuses what is needed.',
  },
  otherPort: {
    uk: 'Цей модем уже працює через інший свій порт.',
    ru: 'Этот модем уже работает через другой свой порт.',
    en: 'This modem is in use already by its other port.',
  },
  unplugged: { uk: 'Модем від’єднано.', ru: 'Модем отключён.', en: 'The modem is not plugged in.' },
  neverSeen: { uk: 'Тут ще не було модема.', ru: 'Здесь ещё не было модема.', en: 'No modem has been here yet.' },
  stopped: { uk: 'Зупинено.', ru: 'Остановлен.', en: 'Stopped.' },
} satisfies Readonly<Record<Reason, Entry>>);

const WAIT_OR_REPLUG: Entry = {
  uk: 'Зачекайте; якщо мовчатиме й далі, від’єднайте модем і під’єднайте знову.',
  ru: 'Подождите; если будет молчать и дальше, отключите модем и подключите снова.',
  en: 'Wait; if it stays silent, unplug the modem and plug it in again.',
};
const PLUG_IN: Entry = {
  uk: 'Під’єднайте модем: далі все зробиться саме.',
  ru: 'Подключите модем: дальше всё сделается само.',
  en: 'Plug the modem in; it is taken up by itself.',
};

/** What a person should do, where they should do something. */
export const modemNext = catalogue<string>({
  simMissing: {
    uk: 'Вставте SIM; можливо, модем доведеться від’єднати й під’єднати.',
    ru: 'Вставьте SIM; возможно, модем придётся отключить и подключить.',
    en: 'Put a SIM in; the modem may have to be plugged in again.',
  },
  pinNeeded: { uk: 'Уведіть PIN тут.', ru: 'Введите PIN здесь.', en: 'Enter the PIN here.' },
  pinNameless: { uk: 'Уведіть PIN тут.', ru: 'Введите PIN здесь.', en: 'Enter the PIN here.' },
  pinRefused: {
    uk: 'Уведіть правильний PIN; кожен пробуємо один раз.',
    ru: 'Введите верный PIN; каждый пробуем один раз.',
    en: 'Enter the right PIN; each is tried once.',
  },
  pinSpent: {
    uk: 'Уведіть PIN у телефоні: так спроби повернуться.',
    ru: 'Введите PIN в телефоне: так попытки вернутся.',
    en: 'Enter the PIN in a phone, which gives the tries back.',
  },
  pinDoubtful: {
    uk: 'Вимкніть PIN у телефоні й поверніть SIM.',
    ru: 'Отключите PIN в телефоне и верните SIM.',
    en: 'Switch the PIN off in a phone, then put the SIM back.',
  },
  pukNeeded: {
    uk: 'Уведіть PUK у телефоні; Simpost цього не робить.',
    ru: 'Введите PUK в телефоне; Simpost этого не делает.',
    en: 'Enter the PUK in a phone; Simpost never does.',
  },
  locked: {
    uk: 'Вставте SIM того оператора, для якого модем, або розблокуйте модем.',
    ru: 'Вставьте SIM того оператора, для которого модем, или разблокируйте модем.',
    en: 'Use a SIM of the operator that the modem is for, or have it unlocked.',
  },
  simFaulty: {
    uk: 'Вийміть SIM, протріть контакти й вставте знову; спробуйте іншу.',
    ru: 'Выньте SIM, протрите контакты и вставьте снова; попробуйте другую.',
    en: 'Take the SIM out, clean its contacts, and put it back; try another.',
  },
  notRegistered: {
    uk: 'Зачекайте хвилину; потім перевірте антену й чи діє SIM.',
    ru: 'Подождите минуту; потом проверьте антенну и действует ли SIM.',
    en: 'Wait a minute; then check the antenna, and whether the SIM is active.',
  },
  abroad: {
    uk: 'Якщо так і треба, дозвольте роумінг у налаштуваннях цієї SIM.',
    ru: 'Если так и надо, разрешите роуминг в настройках этой SIM.',
    en: 'If that is meant, set roaming = true under its [[sim]].',
  },
  overdue: WAIT_OR_REPLUG,
  mute: WAIT_OR_REPLUG,
  startingAnew: { uk: 'Зачекайте хвилину.', ru: 'Подождите минуту.', en: 'Wait a minute.' },
  dead: {
    uk: 'Від’єднайте й під’єднайте; потім спробуйте інший порт, кабель, модем.',
    ru: 'Отключите и подключите; потом попробуйте другой порт, кабель, модем.',
    en: 'Unplug it and plug it in; then try another port, cable or modem.',
  },
  portGone: PLUG_IN,
  unplugged: PLUG_IN,
  neverSeen: PLUG_IN,
  portUnreachable: {
    uk: 'Перевірте ser2net за цією адресою і чи під’єднано модем там.',
    ru: 'Проверьте ser2net по этому адресу и подключён ли модем там.',
    en: 'See to ser2net there, and that the modem is plugged in there.',
  },
  portBusy: {
    uk: 'Закрийте іншу програму; ModemManager не має чіпати цей порт.',
    ru: 'Закройте другую программу; ModemManager не должен трогать этот порт.',
    en: 'Close the other program, or tell ModemManager to leave the port alone.',
  },
  portForbidden: {
    uk: 'Додайте користувача Simpost до групи dialout і запустіть знову.',
    ru: 'Добавьте пользователя Simpost в группу dialout и запустите снова.',
    en: 'Add the user of Simpost to the group dialout, and start it again.',
  },
  portNotSerial: {
    uk: 'Назвіть у налаштуваннях AT-порт модема: їх може бути кілька.',
    ru: 'Назовите в настройках AT-порт модема: их может быть несколько.',
    en: 'Name the AT port of the modem in the configuration; it may have several.',
  },
  noAt: {
    uk: 'Назвіть у налаштуваннях AT-порт модема: їх може бути кілька. На справжній послідовній лінії спробуйте інший baudRate.',
    ru: 'Назовите в настройках AT-порт модема: их может быть несколько. На настоящей последовательной линии попробуйте другой baudRate.',
    en: 'Name the AT port of the modem in the configuration; it may have several. On a real serial line, try another baudRate.',
  },
  otherPort: {
    uk: 'Лишіть у налаштуваннях один порт цього модема.',
    ru: 'Оставьте в настройках один порт этого модема.',
    en: 'Name one port of each modem in the configuration.',
  },
  refused: {
    uk: 'Візьміть інший модем або повідомте нам його марку.',
    ru: 'Возьмите другой модем или сообщите нам его марку.',
    en: 'Use another modem, or report its make and model.',
  },
} satisfies Readonly<Partial<Record<Reason, Entry>>>);

/** What is wrong besides. */
export const modemNotes = catalogue({
  sharedImei: {
    uk: 'Такий самий IMEI має ще один модем.',
    ru: 'Такой же IMEI есть у ещё одного модема.',
    en: 'Another modem answers the same IMEI.',
  },
  otherProgram: {
    uk: 'Порт відкрила ще одна програма: {detail}.',
    ru: 'Порт открыла ещё одна программа: {detail}.',
    en: 'Another program has its port open too: {detail}.',
  },
  simBusy: { uk: 'SIM саме зайнята.', ru: 'SIM сейчас занята.', en: 'The SIM is busy.' },
  notAnnounced: {
    uk: 'Модем не повідомляє про нові тексти; питаємо самі.',
    ru: 'Модем не сообщает о новых текстах; спрашиваем сами.',
    en: 'The modem does not announce new texts; it is asked for them.',
  },
  noReports: {
    uk: 'Модем не передає звітів про доставку: надіслане так і лишається надісланим.',
    ru: 'Модем не передаёт отчётов о доставке: отправленное так и остаётся отправленным.',
    en: 'The modem passes on no delivery reports: what it sends stays at sent.',
  },
  notDeleted: { uk: 'Прочитане не стирається: {n}.', ru: 'Прочитанное не стирается: {n}.', en: 'What was read cannot be deleted: {n}.' },
  storageFilling: {
    uk: 'Пам’ять для текстів заповнена на {n} %.',
    ru: 'Память для текстов заполнена на {n} %.',
    en: 'The storage for texts is {n} % full.',
  },
  segmentsRefused: {
    uk: 'Не взято сегментів: {n} ({detail}).',
    ru: 'Не взято сегментов: {n} ({detail}).',
    en: 'Segments that were refused: {n} ({detail}).',
  },
} satisfies Readonly<Record<Note, Entry>>);

/** Where a person can enter the PIN of the SIM. */
export const WANTS_PIN: ReadonlySet<Reason> = new Set(['pinNeeded', 'pinNameless', 'pinRefused']);
