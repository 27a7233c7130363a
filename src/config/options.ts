import { PURPOSES } from '../base/purpose.ts';
import type { Table, ValuesOf } from './option.ts';

/** Seconds: the longest relative validity period that a network can be asked for is 63 weeks (TS 23.040 9.2.3.12.1). */
const LONGEST_VALIDITY = 63 * 7 * 86_400;

/** Seconds: webhooks are tried for two days and carry the text each time. */
const SHORTEST_RETENTION = 3 * 86_400;

/** Seconds. */
const LONGEST_RETENTION = 3650 * 86_400;

/** Segments, or recipients. */
const MOST_PER_SIM = 1_000_000;

/**
 * Every option of Simpost, once. What the file may say, what the daemon gets (`Config`), the JSON Schema, the names in
 * the environment, `simpost config print` and the manual all come from here.
 */
export const OPTIONS = {
  description: 'Simpost',
  options: {
    site: {
      description: 'What this installation is called and where it stands.',
      options: {
        name: {
          type: 'string',
          description: 'The name of the business.',
          since: '0.1.0',
          format: 'name',
          default: 'Simpost',
          example: 'Клініка',
          essential: true,
        },
        country: {
          type: 'string',
          description:
            'The country of the site, two letters of ISO 3166. A number written without +, such as 050 123 45 67, is read as a number of this country; while it is not set, such numbers are refused.',
          since: '0.1.0',
          format: 'country',
          optional: true,
          example: 'UA',
          essential: true,
        },
        timeZone: {
          type: 'string',
          description: 'The time zone of the site, a name of the IANA zone database.',
          since: '0.1.0',
          format: 'timeZone',
          defaultFrom: 'systemTimeZone',
          example: 'Europe/Kyiv',
          essential: true,
        },
      },
    },
    http: {
      description: 'The HTTP API.',
      options: {
        listen: {
          type: 'string',
          description:
            'Address and port of the API, such as 127.0.0.1:8025 or [::1]:8025; port 0 takes any free one. Anything but this machine itself (loopback) is refused unless insecureLan is true.',
          since: '0.1.0',
          format: 'listen',
          default: '127.0.0.1:8025',
          example: '127.0.0.1:8025',
          essential: true,
        },
        insecureLan: {
          type: 'boolean',
          description:
            'Allows listen to name an address that other machines reach. API keys and texts then cross the network in the clear, readable by whoever listens in: only for a network that you trust whole.',
          since: '0.1.0',
          default: false,
          example: true,
        },
      },
    },
    store: {
      description: 'Where messages, replies and API keys are kept.',
      options: {
        path: {
          type: 'string',
          description:
            'The data folder; it is made if it is not there. A path that is not absolute counts from the folder of this file (from the environment: from the working directory).',
          since: '0.1.0',
          format: 'folder',
          default: '/var/lib/simpost',
          example: '/var/lib/simpost',
          essential: true,
        },
      },
    },
    backup: {
      description: 'Copies of the store that the daemon makes by itself, each checked before it counts.',
      options: {
        every: {
          type: 'integer',
          description: 'From one backup to the next; 0 makes none.',
          since: '0.1.0',
          unit: 's',
          default: 86_400,
          example: 86_400,
          minimum: 0,
          maximum: 2_592_000,
        },
        directory: {
          type: 'string',
          description:
            'Where they go; the folder "backups" in the data folder unless set. Name another disk, so that they outlive the one that the store is on.',
          since: '0.1.0',
          format: 'folder',
          optional: true,
          example: '/mnt/usb/simpost',
        },
        keep: {
          type: 'integer',
          description: 'How many of them are kept. They hold texts that retention has erased since: every times keep is how long.',
          since: '0.1.0',
          unit: 'backups',
          default: 7,
          example: 7,
          minimum: 1,
          maximum: 1000,
        },
      },
    },
    messages: {
      description: 'What a message may be.',
      options: {
        maxSegments: {
          type: 'integer',
          description: 'A text that needs more segments than this is refused. One segment is 160 characters, or 70 with Cyrillic.',
          since: '0.1.0',
          unit: 'segments',
          default: 10,
          example: 10,
          minimum: 1,
          maximum: 255,
        },
        validFor: {
          description: 'How long a message is worth sending, by purpose, when the request gives no validFor. Later it expires unsent.',
          options: {
            otp: validFor('codes', 300),
            urgent: validFor('urgent messages', 86_400),
            service: validFor('service messages', 86_400),
            promotional: validFor('offers', 86_400),
          },
        },
        quota: {
          description:
            'How many messages of a purpose that goes past all others one API key may send in any hour; more is refused with 429. 0 takes the limit away.',
          options: {
            otp: quota('codes'),
            urgent: quota('urgent messages'),
          },
        },
      },
    },
    queue: {
      description: 'How long the queue may grow, in segments that are not sent yet. 0 takes a limit away.',
      options: {
        softLimit: {
          type: 'integer',
          description: 'From here on each answer has queueDelaySeconds: about how long the message will wait for its turn.',
          since: '0.1.0',
          unit: 'segments',
          default: 10_000,
          example: 10_000,
          minimum: 0,
          maximum: 100_000_000,
        },
        hardLimit: {
          type: 'integer',
          description:
            'From here on nothing more is taken: 503 with Retry-After. Codes and urgent messages, which go past all others, are taken until a tenth more.',
          since: '0.1.0',
          unit: 'segments',
          default: 1_000_000,
          example: 1_000_000,
          minimum: 0,
          maximum: 100_000_000,
        },
      },
    },
    delivery: {
      description: 'How messages are handed to the network.',
      options: {
        answerLimit: {
          type: 'integer',
          description:
            'How long the modem may take to answer after a segment was handed to it. A shorter limit makes more outcomes uncertain, because the network may accept what nobody waits for any more; 130 covers what networks and modems are allowed.',
          since: '0.1.0',
          unit: 's',
          default: 130,
          example: 130,
          minimum: 1,
          maximum: 600,
        },
        uncertain: {
          description:
            'What becomes of a segment of which nobody knows whether it went out: "resend" sends it once more, flagged possibleDuplicate; "hold" leaves it to a person.',
          options: {
            otp: uncertain('codes', 'resend'),
            urgent: uncertain('urgent messages', 'resend'),
            service: uncertain('service messages', 'resend'),
            promotional: uncertain('offers', 'hold'),
          },
        },
        uncertainAfter: {
          description: 'How long a late answer or a delivery report may still settle it before "resend" sends it again.',
          options: {
            otp: uncertainAfter('codes', 30),
            urgent: uncertainAfter('urgent messages', 120),
            service: uncertainAfter('service messages', 900),
            promotional: uncertainAfter('offers, where they are resent', 900),
          },
        },
      },
    },
    time: {
      description: 'Whether the clock of the machine is to be believed.',
      options: {
        trust: {
          type: 'string',
          description:
            'Whether the clock is believed: "auto" believes it when the time service of the system, two sources of the mobile network, a battery clock, the host of a virtual machine or a person confirms it; until then codes and urgent messages go at once, service messages after a minute, and offers, schedules and expiry wait. "always" believes it from the start.',
          since: '0.1.0',
          values: ['auto', 'always'],
          default: 'auto',
          example: 'auto',
        },
      },
    },
    missed: {
      description:
        'What becomes of messages whose time came while the box was off: "send" sends those that are still worth sending, "list" holds them in GET /v1/missed for a person, "drop" expires them.',
      options: {
        after: {
          type: 'integer',
          description: 'What is later than this counts as missed.',
          since: '0.1.0',
          unit: 's',
          default: 3600,
          example: 3600,
          minimum: 60,
          maximum: 2_592_000,
        },
        otp: missed('codes', 'drop'),
        urgent: missed('urgent messages', 'send'),
        service: missed('service messages', 'list'),
        promotional: missed('offers', 'list'),
      },
    },
    calls: {
      description: 'Calls to the SIMs. They are never answered; each is kept and told of, so that somebody can call back.',
      options: {
        hangUpAfter: {
          type: 'integer',
          description: 'How long a call may ring before it is hung up; 0 lets it ring until the caller gives up.',
          since: '0.1.0',
          unit: 's',
          default: 0,
          example: 20,
          minimum: 0,
          maximum: 120,
        },
      },
    },
    balance: {
      description: 'What is left on the SIMs, asked by USSD and shown in GET /v1/sims.',
      options: {
        every: {
          type: 'integer',
          description:
            'How often each SIM is asked; 0 never, else at least 300. Most operators answer for nothing, but not all: look it up.',
          since: '0.1.0',
          unit: 's',
          default: 0,
          example: 21_600,
          minimum: 0,
          maximum: 2_678_400,
        },
        operatorsFile: {
          type: 'string',
          description:
            'A JSON file with codes and patterns of your own operators, which come before the bundled ones; the manual shows one. A path that is not absolute counts from the folder of this file.',
          since: '0.1.0',
          format: 'folder',
          optional: true,
          example: '/etc/simpost/operators.json',
        },
      },
    },
    retention: {
      description: 'How long what people wrote is kept. Later the text is erased; number, status, history and totals stay.',
      options: {
        text: {
          description: 'From acceptance, or from receipt. A text that may still be sent is never erased.',
          options: {
            otp: {
              type: 'integer',
              description: 'Of codes; one whose message is final is erased at once.',
              since: '0.1.0',
              unit: 's',
              default: 86_400,
              example: 86_400,
              minimum: 0,
              maximum: LONGEST_RETENTION,
            },
            urgent: kept('Of urgent messages.'),
            service: kept('Of service messages.'),
            promotional: kept('Of offers.'),
            inbound: kept('Of what clients write, with the raw PDUs.'),
          },
        },
      },
    },
    modems: {
      description: 'Modems that are found by themselves, on USB: plugged in, moved or started anew, they are followed.',
      options: {
        discover: {
          type: 'boolean',
          description:
            'Whether modems that no [[modem]] names are used as well. While it is not set they are, as long as there is no [[modem]] at all: then just plug them in.',
          since: '0.1.0',
          optional: true,
          example: true,
        },
        adapters: {
          type: 'boolean',
          description:
            'Whether they are also looked for behind plain USB-serial adapters (FTDI, CP210x, CH340, PL2303), as modem pools have them. What is there gets AT commands to find out: set it only where no printer, scale or till is behind one.',
          since: '0.1.0',
          default: false,
          example: true,
        },
      },
    },
    modem: {
      description:
        'A modem; one [[modem]] for each. It says which by one of three: port, imei (wherever it is plugged in) or usbPath (whatever is plugged in there).',
      list: true,
      exactlyOne: ['port', 'imei', 'usbPath'],
      options: {
        port: {
          type: 'string',
          description:
            'A serial device, or "tcp://host:port" for one behind ser2net or of "simpost simulate". Prefer the names in /dev/serial/by-id or /dev/simpost: /dev/ttyUSB0 may be another modem after the next start.',
          since: '0.1.0',
          format: 'port',
          optional: true,
          example: '/dev/serial/by-id/usb-HUAWEI_HUAWEI_Mobile-if00-port0',
        },
        imei: {
          type: 'string',
          description: 'Its IMEI, 15 digits, in quotes: it is found at whichever USB port it is. GET /v1/modems shows it.',
          since: '0.1.0',
          format: 'imei',
          optional: true,
          example: '867648012345678',
        },
        usbPath: {
          type: 'string',
          description:
            'A USB socket, as GET /v1/modems shows it, "1-1.4", or as it is called in /dev/serial/by-path: for a slot that has a name of its own, and for modems that all answer the same IMEI.',
          since: '0.1.0',
          format: 'usbPath',
          optional: true,
          example: '1-1.4',
        },
        name: {
          type: 'string',
          description: 'What people call it.',
          since: '0.1.0',
          format: 'name',
          optional: true,
          example: 'hub 2, port 5',
        },
        baudRate: {
          type: 'integer',
          description: 'Speed of a real serial line; USB modems ignore it.',
          since: '0.1.0',
          unit: 'baud',
          default: 115_200,
          example: 115_200,
          minimum: 300,
          maximum: 4_000_000,
        },
      },
    },
    simDefaults: {
      description:
        'How much may go through each SIM, so that its operator does not take it for a spammer and block it. 0 takes a limit away. What is past a limit waits, or goes through another SIM. Offers (promotional) get at most half of each.',
      options: {
        perMinute: cap('In any minute.', 'segments', 10),
        perHour: cap('In any hour.', 'segments', 100),
        perDay: cap('In any 24 hours.', 'segments', 0),
        perMonth: cap('From the reset day to the next.', 'segments', 0),
        uniquePerDay: cap('Different recipients in any 24 hours.', 'recipients', 200),
        uniquePerMonth: cap('Different recipients from the reset day to the next.', 'recipients', 0),
        resetDay: {
          type: 'integer',
          description:
            'The day on which the month of the plan begins, at midnight in site.timeZone; the last of the month where it is shorter.',
          since: '0.1.0',
          unit: 'day of the month',
          default: 1,
          example: 1,
          minimum: 1,
          maximum: 31,
        },
      },
    },
    simChoice: {
      description: 'Which SIM sends a message that names none.',
      options: {
        patience: {
          type: 'integer',
          description:
            'How long a service message or an offer may wait for the SIM that its client knows, because it was written to from that one or wrote to it; then any SIM sends it. 0 never waits.',
          since: '0.1.0',
          unit: 's',
          default: 60,
          example: 60,
          minimum: 0,
          maximum: 3600,
        },
      },
    },
    sim: {
      description:
        'A SIM card, by the number printed on it; one [[sim]] for each that has a name, a PIN or limits of its own. Others are used as well.',
      list: true,
      options: {
        iccid: {
          type: 'string',
          description: 'Its ICCID, 18 to 22 digits, in quotes. GET /v1/sims shows it.',
          since: '0.1.0',
          format: 'iccid',
          example: '89380062300012345678',
        },
        name: {
          type: 'string',
          description: 'A name that requests may give as sim, instead of the ICCID.',
          since: '0.1.0',
          format: 'name',
          optional: true,
          example: 'front desk',
        },
        pin: {
          type: 'string',
          description: 'Its PIN, if it asks for one. It is tried once; a PUK is never entered.',
          since: '0.1.0',
          format: 'pin',
          optional: true,
          secret: true,
          example: '0000',
        },
        roaming: {
          type: 'boolean',
          description: 'Lets it send while it is in a network abroad. Roaming with a partner in its own country is always allowed.',
          since: '0.1.0',
          default: false,
          example: true,
        },
        balanceBelow: {
          type: 'integer',
          description:
            'Less money than this on it, in the currency of the SIM, and the event sim.balanceLow tells so; 0 never. Needs balance.every.',
          since: '0.1.0',
          unit: 'currency',
          default: 0,
          example: 20,
          minimum: 0,
          maximum: 1_000_000,
        },
        enabled: {
          type: 'boolean',
          description: 'Whether anything is sent through it; what comes in is taken either way.',
          since: '0.1.0',
          default: true,
          example: true,
        },
        purposes: {
          type: 'texts',
          description: 'What may go through it: ["otp"] reserves it for codes.',
          since: '0.1.0',
          format: 'purpose',
          default: PURPOSES,
          example: ['otp', 'urgent'],
        },
        perMinute: ownCap('In any minute', 'segments', 20),
        perHour: ownCap('In any hour', 'segments', 200),
        perDay: ownCap('In any 24 hours', 'segments', 1000),
        perMonth: ownCap('From the reset day to the next', 'segments', 5000),
        uniquePerDay: ownCap('Different recipients in any 24 hours', 'recipients', 100),
        uniquePerMonth: ownCap('Different recipients from the reset day to the next', 'recipients', 250),
        resetDay: {
          type: 'integer',
          description: 'The day on which the month of its plan begins, instead of what simDefaults says.',
          since: '0.1.0',
          unit: 'day of the month',
          optional: true,
          example: 15,
          minimum: 1,
          maximum: 31,
        },
      },
    },
    webhook: {
      description: 'An address that is told of events; one [[webhook]] for each.',
      list: true,
      options: {
        url: {
          type: 'string',
          description: 'Where events are posted as JSON, signed as Standard Webhooks says.',
          since: '0.1.0',
          format: 'url',
          example: 'http://127.0.0.1:9000/sms',
        },
        secret: {
          type: 'string',
          description:
            'The key of the signature: whsec_ and the base64 of 24 to 64 random octets. Make one so:\necho "whsec_$(openssl rand -base64 32)"',
          since: '0.1.0',
          format: 'webhookSecret',
          secret: true,
          example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
        },
        events: {
          type: 'texts',
          description:
            'Which events: names such as "message.delivered", "inbound.received" and "call.missed", "message.*" for a family, "*" for all.',
          since: '0.1.0',
          format: 'eventType',
          default: ['*'],
          example: ['*'],
        },
      },
    },
    log: {
      description: 'The log, JSON lines on standard error. It never holds texts, codes or whole numbers.',
      options: {
        level: {
          type: 'string',
          description: 'The least weighty line that is still written.',
          since: '0.1.0',
          values: ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
          default: 'info',
          example: 'info',
        },
      },
    },
  },
} as const satisfies Table;

/** The effective configuration, with the keys of the file. Secrets that stood in files of their own are filled in. */
export type Config = ValuesOf<typeof OPTIONS.options>;

function validFor<const Default extends number>(what: string, seconds: Default) {
  return {
    type: 'integer',
    description: `For ${what}.`,
    since: '0.1.0',
    unit: 's',
    default: seconds,
    example: seconds,
    minimum: 1,
    maximum: LONGEST_VALIDITY,
  } as const;
}

function quota(what: string) {
  return {
    type: 'integer',
    description: `For ${what}.`,
    since: '0.1.0',
    unit: 'messages',
    default: 60,
    example: 60,
    minimum: 0,
    maximum: 1_000_000,
  } as const;
}

function uncertain<const Default extends 'resend' | 'hold'>(what: string, action: Default) {
  return {
    type: 'string',
    description: `For ${what}.`,
    since: '0.1.0',
    values: ['resend', 'hold'],
    default: action,
    example: action,
  } as const;
}

function uncertainAfter<const Default extends number>(what: string, seconds: Default) {
  return {
    type: 'integer',
    description: `For ${what}.`,
    since: '0.1.0',
    unit: 's',
    default: seconds,
    example: seconds,
    minimum: 0,
    maximum: 86_400,
  } as const;
}

function cap<const Default extends number>(description: string, unit: 'segments' | 'recipients', limit: Default) {
  return { type: 'integer', description, since: '0.1.0', unit, default: limit, example: limit, minimum: 0, maximum: MOST_PER_SIM } as const;
}

function ownCap(when: string, unit: 'segments' | 'recipients', example: number) {
  return {
    type: 'integer',
    description: `${when}, instead of what simDefaults says.`,
    since: '0.1.0',
    unit,
    optional: true,
    example,
    minimum: 0,
    maximum: MOST_PER_SIM,
  } as const;
}

function missed<const Default extends 'send' | 'list' | 'drop'>(what: string, rule: Default) {
  return {
    type: 'string',
    description: `For ${what}.`,
    since: '0.1.0',
    values: ['send', 'list', 'drop'],
    default: rule,
    example: rule,
  } as const;
}

function kept(what: string) {
  return {
    type: 'integer',
    description: what,
    since: '0.1.0',
    unit: 's',
    default: 2_592_000,
    example: 2_592_000,
    minimum: SHORTEST_RETENTION,
    maximum: LONGEST_RETENTION,
  } as const;
}
