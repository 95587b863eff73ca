#!/usr/bin/env python3
"""Writes gost_vectors.txt: GOST R 34.10-2012 signatures made by an implementation that is not ours.

    pip install gostcrypto==1.2.5 && python3 make.py > vectors.txt

One vector a line: message, public key, signature, expected; all but the last in hexadecimal, in the byte
orders of Kazakhstan's national authority (x|y, r|s and the digest little-endian). gostcrypto itself counts
with big-endian numbers. Keys and nonces follow from a seed: they protect nothing.
"""

import random

import gostcrypto

CURVE = gostcrypto.gostsignature.CURVES_R_1323565_1_024_2019["id-tc26-gost-3410-12-512-paramSetA"]
SIGNER = gostcrypto.gostsignature.new(gostcrypto.gostsignature.MODE_512, CURVE)
Q = CURVE["q"]


def streebog(message):
    digest = gostcrypto.gosthash.new("streebog512")
    digest.update(bytearray(message))
    return bytes(digest.digest())


def turned(numbers):
    """Two numbers of 64 bytes each, with their bytes the other way round."""
    return numbers[:64][::-1] + numbers[64:][::-1]


def line(message, key, signature, expected):
    print(message.hex() or "-", turned(key).hex(), turned(signature).hex(), expected)


def main():
    chance = random.Random("gost vectors")
    print("# made by make.py with gostcrypto 1.2.5; see there for the columns")
    for length in [0, 1, 7, 31, 63, 64, 65, 127, 128, 200] + [chance.randrange(1, 300) for _ in range(20)]:
        message = chance.randbytes(length)
        d = chance.randrange(1, Q).to_bytes(64, "big")
        key = bytes(SIGNER.public_key_generate(bytearray(d)))
        hash_ = streebog(message)[::-1]
        nonce = chance.randrange(1, Q).to_bytes(64, "big")
        signature = bytes(SIGNER.sign(bytearray(d), bytearray(hash_), bytearray(nonce)))
        assert SIGNER.verify(bytearray(key), bytearray(hash_), bytearray(signature))
        line(message, key, signature, "valid")
        bad = bytearray(signature)
        bad[chance.randrange(128)] ^= 1 << chance.randrange(8)
        assert not SIGNER.verify(bytearray(key), bytearray(hash_), bad)
        line(message, key, bytes(bad), "wrong")


main()
