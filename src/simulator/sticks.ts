import { GENERIC, type ModemModel } from './models.ts';

/**
 * Sticks for a USB socket. Each answer that is not plain TS 27.005 or 27.007 names who says so; a manual without a page is
 * named for what it is known to say.
 */

/**
 * Noise `^RSSI`, `^MODE`, `^DSFLOWRPT` and `^BOOT`: gammu/gammu issues 146 and 393. `COMMAND NOT SUPPORT`, AT^CURC and
 * AT^RESET: public knowledge. +CUSD in packed septets: wdoekes/asterisk-chan-dongle issues 29 and 116. `^CPIN?`: HUAWEI
 * MU509 AT Command Interface Specification, issue 04, 7.4. No +CEREG on a modem without LTE: TS 27.007 10.1.22.
 */
export const HUAWEI: ModemModel = {
  ...GENERIC,
  manufacturer: 'huawei',
  model: 'E173',
  revision: '11.126.16.00.00',
  iccid: [{ command: '^ICCID', prefix: '^ICCID: ' }],
  boot: ['^SIMST:1', '^SRVST:2', '^BOOT:27710117,0,0,0,6'],
  noise: ['^RSSI:18', '^MODE:5,4', '^DSFLOWRPT:0000000C,00000000,00000000,0000000000000000,0000000000000000,0003E800,0003E800'],
  quietBy: '^CURC',
  knows: ['^CURC', '^CPIN', '^RESET'],
  lacks: ['+CEREG', '+CPINR', '+CMMS'],
  unknownCommand: 'COMMAND NOT SUPPORT',
  memories: ['SM', 'ME'],
  reportsInto: 'SM',
  ussd: 'packedHex',
};

/** As HUAWEI, with LTE: `^HCSQ` in ME909s AT Command Interface Specification, "^HCSQ"; `^LWURC` is public knowledge. */
export const HUAWEI_E3372: ModemModel = {
  ...HUAWEI,
  model: 'E3372',
  revision: '21.180.01.00.00',
  boot: ['^SIMST:1', '^SRVST:2'],
  noise: ['^RSSI:22', '^HCSQ:"LTE",46,39,101,12', '^LWURC:"WAN",0,0'],
  lacks: ['+CPINR', '+CMMS'],
};

/** +CCID without a name, +ZGETICCID, +ZPINPUK and the noise: public knowledge. */
export const ZTE: ModemModel = {
  ...GENERIC,
  manufacturer: 'ZTE INCORPORATED',
  model: 'MF190',
  revision: 'BD_MF190V1.0.0B01',
  iccid: [{ command: '+ZGETICCID', prefix: '+ZGETICCID: ' }],
  boot: ['+ZUSIMR:2', '+ZPASR: "UMTS"'],
  noise: ['+ZUSIMR:2', '+ZPASR: "UMTS"'],
  knows: ['+ZPINPUK', '+ZGETICCID', '+CRSM'],
  lacks: ['+CEREG', '+CPINR', '+CMMS', '+CCID'],
  memories: ['SM', 'ME'],
  reportsInto: 'SM',
  cnmi: [
    [0, 1, 2],
    [0, 1, 2, 3],
    [0, 2],
    [0, 1, 2],
    [0, 1],
  ],
};
