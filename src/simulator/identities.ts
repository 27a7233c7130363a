/**
 * Names that no real equipment bears: the identities of virtual modems, SIMs and subscribers. All are a function of a
 * serial number, so that a test may write them down, and all are well formed, so that a checker may check them.
 */

/** The Luhn check digit that completes `digits` (ISO/IEC 7812-1 annex B; TS 23.003 annex B for the IMEI). */
export function luhnDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

/**
 * An IMEI of the test range: the reporting body `00` is for test equipment (TS 23.003 6.2.1, GSMA TS.06).
 * @param n serial number, 1..999999
 */
export function imeiOf(n: number): string {
  const body = `00101700${String(n).padStart(6, '0')}`;
  return body + luhnDigit(body);
}

/**
 * An ICCID of 19 digits: 89 (telecom), 380 (Ukraine), issuer 01, serial number, check digit (ITU-T E.118).
 * @param n serial number, 1..99999999999
 */
export function iccidOf(n: number): string {
  const body = `8938001${String(n).padStart(11, '0')}`;
  return body + luhnDigit(body);
}

/**
 * An IMSI of MCC 255 (Ukraine), MNC 01.
 * @param n serial number
 */
export function imsiOf(n: number): string {
  return `25501${String(n).padStart(10, '0')}`;
}

/**
 * The number of a SIM: +380500000001 for the first.
 * @param n serial number, 1..9999999
 */
export function msisdnOf(n: number): string {
  return `+38050${String(n).padStart(7, '0')}`;
}
