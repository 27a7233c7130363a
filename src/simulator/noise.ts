/**
 * Lines that modems send by themselves and that are an answer to nothing.
 * `^RSSI`, `^MODE`, `^HCSQ`: Huawei (ME909s and MU709 AT Command Interface Specifications, "unsolicited indications");
 * `^BOOT`: Huawei data sticks such as the E1750, in no manual; `+QIND`: Quectel (EC25&EC21 AT Commands Manual, "AT+QURCCFG");
 * `*PSUTTZ`: SIMCom (SIM800 Series AT Command Manual, "AT+CLTS").
 */
export const NOISE: readonly string[] = [
  '^RSSI:18',
  '^BOOT:20117,0,0,0,75',
  '^MODE:5,4',
  '^HCSQ:"WCDMA",42,40,52',
  '+QIND: "csq",19,99',
  '*PSUTTZ: 2026,11,22,10,0,0,"+08",0',
];
