/** A connection to a message bus, which never waits for a session that has gone back, been stopped or died. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call, HAS_BUS, ownerOf, startBus } from '../../support/message-bus.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

const NAME = 'org.pyrepl3.Test';
/** By the library that ends the process when its connection to the session's bus ends. */
const CONNECT = `
import ctypes, os
bus = ctypes.CDLL("libdbus-1.so.3")
bus.dbus_bus_get.restype = ctypes.c_void_p
bus.dbus_bus_request_name.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint, ctypes.c_void_p]
bus.dbus_bus_name_has_owner.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
bus.dbus_connection_read_write_dispatch.argtypes = bus.dbus_connection_read_write.argtypes = [ctypes.c_void_p, ctypes.c_int]
bus.dbus_connection_pop_message.argtypes = bus.dbus_message_get_type.argtypes = [ctypes.c_void_p]
bus.dbus_connection_pop_message.restype = ctypes.c_void_p
connection = bus.dbus_bus_get(0, None)
_ = bus.dbus_bus_request_name(connection, b"${NAME}", 4, None)
def receive():
    kind = 0
    while kind != 1:
        bus.dbus_connection_read_write(connection, 100)
        message = bus.dbus_connection_pop_message(connection)
        kind = bus.dbus_message_get_type(message) if message else 0
`;
/** The library asks the bus, and does what has come meanwhile. */
const ASK =
  'bus.dbus_connection_read_write_dispatch(connection, 0), bus.dbus_bus_name_has_owner(connection, b"' +
  `${NAME}", None)`;

/** As a desktop has it, and as the environment alone tells of it. */
const ADDRESSES = {
  'by its usual name': (folder: string) => `unix:tmpdir=${folder}`,
  'named by the environment': (folder: string) => `unix:path=${join(folder, 'messages')}`,
};

describe.runIf(HAS_BUS).each(Object.entries(ADDRESSES))('a message bus, %s', (_, addressIn) => {
  onPythons(ONE, 'beside a session', (python) => {
    async function open(): Promise<[Trial, string]> {
      const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const address = await startBus(addressIn(folder));
      const trial = openTrial(python, { env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address } });
      await trial.says('before = [1]');
      return [trial, address];
    }

    it('is connected to before a run that then cannot be undone as a whole, and stays so', async () => {
      const [trial, address] = await open();
      await trial.says(CONNECT);
      const owner = ownerOf(address, NAME);
      expect(owner).toMatch(/^:1\./);
      const { copy, reason } = await trial.session.keep();
      expect([copy, reason]).toEqual(['noted', 'a connection to the message bus is open']);
      await trial.says(`n = 1; ${ASK}`);
      const { notes } = await trial.session.undo();
      expect(notes).toEqual(['only names and plain values came back, as the process could not be copied']);
      expect(await trial.says(`"n" in globals(), ${ASK}`)).toBe('(False, 1, 1)\n');
      expect(ownerOf(address, NAME)).toBe(owner);
    });

    it('hears the end of a session that goes back beyond it, dies or is stopped, as do those who wait for it', async () => {
      const [trial, address] = await open();
      const ends: (() => Promise<unknown>)[] = [
        () => trial.session.undo(2),
        () => trial.run('os.abort()'),
        async () => {
          trial.forget();
          const running = trial.run('print("on")\nwhile True: pass');
          await trial.shows('on\n');
          trial.session.kill();
          await running;
        },
      ];
      for (const end of ends) {
        await trial.says(CONNECT);
        const called = call(address, NAME);
        await trial.says('receive()');
        await end();
        expect(await called).toMatch(/NoReply/);
        expect(ownerOf(address, NAME)).toBe('');
        expect(await trial.says('before, "connection" in globals()')).toBe('([1], False)\n');
      }
    });
  });
});
