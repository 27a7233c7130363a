/**
 * What people write who know other programs, and what it is called here: keys by their whole path without indices, the
 * sentence to be read after `is no option`.
 */
const FAMILIAR: Readonly<Record<string, string>> = {
  ...named(
    ['http.port', 'http.host', 'http.address', 'http.bind', 'port', 'host', 'listen'],
    'address and port stand in one line: [http] listen = "127.0.0.1:8025"',
  ),
  ...named(['server', 'api', 'web'], 'the API is set in [http]: listen = "127.0.0.1:8025"'),
  ...named(
    ['store.dir', 'store.folder', 'store.file', 'database', 'db', 'data', 'storage'],
    'the data folder is set in [store]: path = "/var/lib/simpost"',
  ),
  ...named(['modem.device', 'modem.path', 'modem.tty', 'modem.address'], 'the port is set by port = "/dev/serial/by-id/…"'),
  ...named(['modem.discover', 'modems.auto', 'discover'], 'it is set for all modems in [modems]: discover = true'),
  ...named(['modem.serial', 'modem.id'], 'a modem is known by imei = "…", 15 digits'),
  ...named(['modem.baud', 'modem.speed'], 'the speed is set by baudRate = 115200'),
  ...named(['sim.id', 'sim.number', 'sim.imsi'], 'a SIM is known by iccid = "…", the number printed on it'),
  ...named(['logging', 'logs'], 'the log is set in [log]: level = "info"'),
  ...named(['site.tz', 'site.zone', 'tz'], 'the time zone is set in [site]: timeZone = "Europe/Kyiv"'),
  ...named(['webhook.token', 'webhook.key', 'webhook.password'], 'requests are signed with what secretFile = "…" holds'),
  ...named(['webhook.address', 'webhook.endpoint'], 'the address is set by url = "http://…"'),
};

function named(keys: readonly string[], sentence: string): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, sentence]));
}

/** `: the speed is set by …`, or nothing where the key is not a usual one. */
export function familiar(path: readonly (string | number)[]): string {
  const key = path.filter((part) => typeof part === 'string').join('.');
  return Object.hasOwn(FAMILIAR, key) ? `: ${FAMILIAR[key]}` : '';
}
