import { GENERIC, type ModemModel } from './models.ts';

/** Modules on boards and in terminals. Sources as in `sticks.ts`. */

/** +CGMI in three lines, AT+QTRPIN, `Call Ready`: Quectel M95 AT Commands Manual, as public knowledge has it. */
export const QUECTEL_M: ModemModel = {
  ...GENERIC,
  manufacturer: 'Quectel_Ltd',
  manufacturerMore: ['Quectel_M95', 'Revision: MTK 0828'],
  model: 'Quectel_M95',
  revision: 'M95FAR02A08',
  iccid: [
    { command: '+CCID', prefix: '' },
    { command: '+QCCID', prefix: '' },
  ],
  boot: ['+CPIN: READY', 'Call Ready'],
  knows: ['+QTRPIN'],
  lacks: ['+CEREG', '+CPINR'],
  memories: ['SM', 'ME'],
  reportsInto: 'SM',
  firstIndexInMe: 1,
};

/**
 * `+CDSI: "SM",0` for every report with <ds> = 2: IchthysMaranatha/asterisk-chan-quectel, pull request 75. `+QIND` and
 * AT+QINDCFG, AT+QURCCFG, AT+QPINC, +QCCID: Quectel EC25&EC21 AT Commands Manual V1.3.
 */
export const QUECTEL_EC: ModemModel = {
  ...GENERIC,
  manufacturer: 'Quectel',
  model: 'EC25',
  revision: 'EC25EFAR06A11M4G',
  iccid: [
    { command: '+QCCID', prefix: '+QCCID: ' },
    { command: '+CCID', prefix: '+CCID: ' },
  ],
  boot: ['RDY', '+CFUN: 1', '+CPIN: READY', '+QUSIM: 1', '+QIND: SMS DONE', '+QIND: PB DONE'],
  noise: ['+QIND: "csq",19,99'],
  quietBy: '+QINDCFG',
  knows: ['+QURCCFG', '+QINDCFG', '+QPINC'],
  lacks: ['+CPINR'],
  memories: ['ME', 'SM', 'SR'],
  receiveInto: 'ME',
  reportIndication: '"SM",0',
};

/** Lines of the start and `*PSUTTZ`: SIM800 Series AT Command Manual V1.09, pages 351 and 352. Bare digits of +CCID: public knowledge. */
export const SIMCOM_2G: ModemModel = {
  ...GENERIC,
  manufacturer: 'SIMCOM_Ltd',
  model: 'SIMCOM_SIM800L',
  revision: 'Revision:1418B05SIM800L24',
  iccid: [{ command: '+CCID', prefix: '' }],
  boot: ['RDY', '+CFUN: 1', '+CPIN: READY', 'Call Ready', 'SMS Ready'],
  noise: ['*PSUTTZ: 2026,11,22,10,0,0,"+08",0', 'DST: 0'],
  knows: ['+SPIC'],
  lacks: ['+CEREG', '+CPINR'],
  memories: ['SM', 'ME'],
  reportsInto: 'SM',
  firstIndexInMe: 1,
};

/** +CICCID answers `+ICCID:`: SIM7500_SIM7600 Series AT Command Manual. AT+CRESET, `SMS DONE`, `PB DONE`: public knowledge. */
export const SIMCOM_SIM7600: ModemModel = {
  ...GENERIC,
  manufacturer: 'SIMCOM INCORPORATED',
  model: 'SIMCOM_SIM7600E-H',
  revision: 'LE11B08SIM7600M22',
  iccid: [{ command: '+CICCID', prefix: '+ICCID: ' }],
  boot: ['RDY', '+CPIN: READY', 'SMS DONE', 'PB DONE'],
  knows: ['+SPIC', '+CRESET', '+CRSM'],
  lacks: ['+CPINR', '+CCID'],
  memories: ['SM', 'ME', 'SR'],
};

/** +CCID: u-blox Cellular Modules AT Commands Manual UBX-13002752. +UPINCNT, +CFUN=16, <mode> 1 or 2 alone: public knowledge. */
export const UBLOX: ModemModel = {
  ...GENERIC,
  manufacturer: 'u-blox',
  model: 'SARA-U270',
  revision: '23.60',
  iccid: [{ command: '+CCID', prefix: '+CCID: ' }],
  noise: ['+UREG: 4'],
  knows: ['+UPINCNT'],
  lacks: ['+CPINR'],
  memories: ['ME', 'SM', 'SR'],
  receiveInto: 'ME',
  firstIndexInMe: 1,
  cnmi: [
    [0, 1, 2],
    [0, 1, 2, 3],
    [0, 2],
    [0, 1, 2],
    [0, 1],
  ],
  cfunResets: 16,
};

/**
 * `+WIND` and AT+WIND: AT Commands Interface Guide WM_SW_OAT_IFS_001. The blank before the maker's name, the bands as model, SM
 * alone, +CPINC, +CFUN=1 as a reset, <mode> 2 alone: public knowledge. +CCID in quotes likewise.
 */
export const WAVECOM: ModemModel = {
  ...GENERIC,
  manufacturer: ' WAVECOM MODEM',
  model: ' MULTIBAND  900E  1800 ',
  revision: '651_09gg.Q2406B 1478872 070705 14:15',
  iccid: [{ command: '+CCID', prefix: '+CCID: ' }],
  boot: ['+WIND: 1', '+WIND: 7', '+WIND: 4'],
  noise: ['+WIND: 0'],
  quietBy: '+WIND',
  knows: ['+WIND', '+CPINC'],
  lacks: ['+CEREG', '+CPINR', '+CMMS'],
  memories: ['SM', 'SR'],
  cnmi: [
    [0, 2],
    [0, 1, 2, 3],
    [0, 2],
    [0, 1, 2],
    [0, 1],
  ],
  cfunResets: 1,
};

/**
 * OK for a segment that was not sent, until AT^SM20=0: MC55 AT Command Set V01.05, 12.7 AT+CMGS (page 324). "SIM busy" for up to
 * 30 s after the start: C55/C55i AT Command Set V1.00, 11.6 AT+CMGR. ^SPIC: MC55 AT Command Set V01.05, 5.3. ^SCID and <bfr> = 1
 * alone: public knowledge.
 */
export const MC55: ModemModel = {
  ...GENERIC,
  manufacturer: 'SIEMENS',
  model: 'MC55',
  revision: 'REVISION 04.00',
  iccid: [{ command: '^SCID', prefix: '^SCID: ' }],
  boot: ['^SYSSTART'],
  knows: ['^SM20', '^SPIC', '^SCID', '+CRSM'],
  lacks: ['+CEREG', '+CPINR', '+CMMS', '+CCID'],
  memories: ['SM', 'ME'],
  reportsInto: 'SM',
  cnmi: [[0, 1, 2, 3], [0, 1, 2, 3], [0, 2, 3], [0, 1, 2], [1]],
  hidesFailures: true,
  simBusyMs: 12_000,
};

/** As MC55, from Cinterion: BGS2T AT Command Set V01.301 by its table of contents, the rest public knowledge. */
export const BGS2: ModemModel = { ...MC55, manufacturer: 'Cinterion', model: 'BGS2-W', revision: 'REVISION 02.000' };
