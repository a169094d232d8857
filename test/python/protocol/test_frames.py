import os
import random
import socket
import struct
import threading
import unittest

from pyrepl3.protocol import frames


def frame(header: bytes, payload: bytes = b"") -> bytes:
    return struct.pack("<II", 4 + len(header) + len(payload), len(header)) + header + payload


class FramesTest(unittest.TestCase):
    def setUp(self):
        self.ours, self.theirs = socket.socketpair()
        self.channel = frames.Channel(self.ours.fileno())
        self.addCleanup(self.ours.close)
        self.addCleanup(self.theirs.close)

    def test_what_one_end_sends_the_other_receives(self):
        other = frames.Channel(self.theirs.fileno())
        for message, payload in (
            ({"kind": "a"}, b""),
            ({"kind": "b", "text": "é \U0001f40d \u2028 \x00"}, bytes(range(256))),
        ):
            other.send(message, payload)
            self.assertEqual(self.channel.receive(), (message, payload))

    def test_a_large_frame_passes(self):
        payload = os.urandom(5_000_000)
        other = frames.Channel(self.theirs.fileno())
        sender = threading.Thread(target=other.send, args=({"kind": "a"}, payload))
        sender.start()
        self.assertEqual(self.channel.receive(), ({"kind": "a"}, payload))
        sender.join()

    def test_frames_may_be_cut_anywhere(self):
        chooser = random.Random(7)
        for _ in range(50):
            payloads = [bytes(chooser.randrange(50)) for _ in range(chooser.randrange(1, 6))]
            sent = [({"kind": "k", "n": n}, payload) for n, payload in enumerate(payloads)]
            data = b"".join(
                frame(b'{"kind":"k","n":%d}' % message["n"], payload) for message, payload in sent
            )
            received = []
            while data:
                cut = chooser.randrange(1, len(data) + 1)
                self.theirs.sendall(data[:cut])
                data = data[cut:]
                self.channel.take_in()
                while self.channel.is_whole():
                    received.append(self.channel.receive())
            self.assertEqual(received, sent)

    def test_the_end_is_told(self):
        self.theirs.close()
        self.assertRaises(frames.Closed, self.channel.receive)

    def test_a_frame_cut_off_is_an_error(self):
        whole = frame(b'{"kind":"a"}')
        for length in range(1, len(whole)):
            ours, theirs = socket.socketpair()
            with ours, theirs:
                theirs.sendall(whole[:length])
                theirs.close()
                with self.assertRaises(frames.FrameError):
                    frames.Channel(ours.fileno()).receive()

    def test_what_is_no_frame_is_an_error_at_once(self):
        for wrong in (
            struct.pack("<II", frames.MAX_FRAME_BYTES + 1, 2),
            b"\xff" * 8,
            struct.pack("<II", 8, 5) + b"12345",
            struct.pack("<II", 0, 0),
            frame(b"no JSON"),
            frame(b"[1]"),
            frame(b"null"),
            frame(b'"text"'),
            frame(b"{}"),
            frame(b'{"kind":1}'),
            frame(b'{"kind":"\xff"}'),
            frame(b"[" * 100_000),
        ):
            with self.subTest(wrong[:40]):
                ours, theirs = socket.socketpair()
                with ours, theirs:
                    theirs.sendall(wrong)
                    with self.assertRaises(frames.FrameError):
                        frames.Channel(ours.fileno()).receive()


if __name__ == "__main__":
    unittest.main()
