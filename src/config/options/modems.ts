import type { Table } from '../option.ts';

export const modems = {
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
    transmissionsPerHub: {
      type: 'integer',
      description:
        'How many modems on one USB hub may send at the same time, where its supply is weak: each draws up to 2 A for moments while it sends. 0: as many as there are.',
      since: '0.1.0',
      unit: 'segments',
      default: 0,
      example: 2,
      minimum: 0,
      maximum: 100,
    },
    usbHelper: {
      type: 'string',
      description:
        'The socket of the helper that resets a modem at its USB port when nothing else helps, and sees who else holds a port; systemd/README.md sets it up. Without it modems are only told to start anew.',
      since: '0.1.0',
      format: 'folder',
      default: '/run/simpost-usb.sock',
      example: '/run/simpost-usb.sock',
    },
  },
} as const satisfies Table;

export const modem = {
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
} as const satisfies Table;
