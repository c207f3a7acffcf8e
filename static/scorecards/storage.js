// What this device keeps of what was typed. Only this module knows the keys, and nothing in it throws: a private window
// or a full disk costs no more than the copy on the device. Pages of earlier versions wrote under these keys, so that
// they and what stands under them stay as they are.

/** The names of fields that hold words: what is worth showing when its field is gone. Those of a scorecard, and those of
    a rubric's draft (`dimension_12_name`) but for its ticks and choices. */
export const WORDS = /^(evidence|note)_|^summary$|^[a-z]+_\d+_(?!must_have|shows|group)[a-z]/;

const ofUser = (user) => `evenhand:${user}:`;
const ofScorecard = (user, scorecard) => `${ofUser(user)}${scorecard}:`;

// --- keys ------------------------------------------------------------------------------------------------------------
/** A new key for each open page, so that two tabs never overwrite each other's words; a page adopts what it finds. */
export function pageKey(user, scorecard) {
  return ofScorecard(user, scorecard) + crypto.getRandomValues(new Uint32Array(2)).join("");
}

/** Where the words of a scorecard are whose fields its page no longer has. */
export function leftKey(user, scorecard) {
  return `${ofScorecard(user, scorecard)}left`;
}

export function formKey(user, name) {
  return `${ofUser(user)}form:${name}`;
}

/** In sessionStorage: the start of a round's timer. */
export function timerKey(path) {
  return `evenhand-timer:${path}`;
}

/** All that this device keeps for a person. */
export function keysOfUser(user) {
  return keysWith(ofUser(user));
}

/** All that open and earlier pages of a scorecard have left, with the words that have no field any more. */
export function keysOfScorecard(user, scorecard) {
  return keysWith(ofScorecard(user, scorecard));
}

/** A form's key, and those of its parts (`rating-7` stands for `rating-7-depth` too). */
export function keysOfForm(user, name) {
  const whole = formKey(user, name);
  return keysWith(whole).filter((key) => key === whole || key.startsWith(`${whole}-`));
}

function keysWith(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // a browser that keeps nothing
  }
}

let isForgotten = false;

/** Clear these keys for good: from here on this page keeps nothing more. What is under way as somebody signs out would
    otherwise be written again by the page that goes. */
export function forget(keys) {
  isForgotten = true;
  for (const key of keys) clear(key);
}

// --- values ----------------------------------------------------------------------------------------------------------
/** The value under a key; null where there is none, or none that can be read. */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** True once the device has it, or is to keep nothing any more. */
export function write(key, value) {
  if (isForgotten) return true;
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function clear(key) {
  try {
    localStorage.removeItem(key);
  } catch { /* nothing kept, nothing to clear */ }
}
