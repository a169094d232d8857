/** When something was, how long ago that is, and how long it took. */

import { counted } from './counts.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const MINUTES_OF_HOUR = 60;
const SECONDS_OF_MINUTE = 60;
const DAY_MS = 24 * MINUTES_OF_HOUR * MINUTE_MS;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `18:14`, `yesterday 18:14`, `20 Nov 18:14`, `20 Nov 2025`; in the time zone of this machine. */
export function whenText(at: number, now: number): string {
  const [date, today] = [new Date(at), new Date(now)];
  const time = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
  if (date.toDateString() === today.toDateString()) {
    return time;
  }
  if (date.toDateString() === new Date(now - DAY_MS).toDateString()) {
    return `yesterday ${time}`;
  }
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? `${day} ${time}` : `${day} ${date.getFullYear()}`;
}

/** `just now`, `12 minutes ago`, `3 hours ago`, and further back when it was: `yesterday 12:14`, `on 22 Nov 18:14`. */
export function agoText(at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE_MS);
  if (minutes < 0 || now - at >= DAY_MS) {
    return `on ${whenText(at, now)}`.replace(/^on (?=yesterday|\d\d:)/, '');
  }
  if (minutes === 0) {
    return 'just now';
  }
  const hours = Math.floor(minutes / MINUTES_OF_HOUR);
  return `${hours === 0 ? counted(minutes, 'minute') : counted(hours, 'hour')} ago`;
}

/** The whole moment, for who points at the short form. */
export function momentText(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
}

/** `0.05 s`, `3.2 s`, `2 min 05 s`, `1 h 02 min`; what has not passed is not counted. */
export function durationText(seconds: number): string {
  if (seconds < 0.1) {
    return `${(Math.floor(seconds * 100) / 100).toFixed(2)} s`;
  }
  if (seconds < SECONDS_OF_MINUTE) {
    return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  }
  const minutes = Math.floor(seconds / SECONDS_OF_MINUTE);
  if (minutes < MINUTES_OF_HOUR) {
    return `${minutes} min ${twoDigits(Math.floor(seconds) % SECONDS_OF_MINUTE)} s`;
  }
  return `${Math.floor(minutes / MINUTES_OF_HOUR)} h ${twoDigits(minutes % MINUTES_OF_HOUR)} min`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
