"""Trains a line net: `rebuild mrz|print RUN_FOLDER` calls it; the same command goes on where a run was killed.

One thread trains while another process makes strips. Checkpoints, strips and the log
lie in the run's folder, and `net.onnx` as of the last validation.
"""

import argparse
import multiprocessing
import os
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["TF_NUM_INTRAOP_THREADS"] = "1"
os.environ["TF_NUM_INTEROP_THREADS"] = "1"
# Left to itself it asks for it only on processors with AVX-512; with AVX2 alone a step takes half the time by it, too.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"

import batch
import shards
from alphabet import UNKNOWN

STEPS = 18_000
RATE, RATE_LAST, WARM_STEPS = 2.5e-3, 1e-5, 300
WEIGHT_DECAY = 1e-4
# The weights that are exported are a mean over about a thousand steps.
MEAN_MOMENTUM = 0.999
SAY_STEPS, CHECKPOINT_STEPS, VALIDATE_STEPS = 100, 500, 2000
# So many shards are made before they are needed.
SHARDS_AHEAD = 6


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the run's folder")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE, help="highest rate of learning; less to go on from weights")
    parser.add_argument("--start", type=Path, help="weights to go on from: an .onnx file that export.py wrote")
    return parser.parse_args()


def precision():
    """bf16 takes half the time of single precision with instructions for it, and twenty times as long without."""
    flags = Path("/proc/cpuinfo").read_text().split() if Path("/proc/cpuinfo").exists() else []
    return "mixed_bfloat16" if {"avx512_bf16", "amx_bf16"} & set(flags) else "float32"


def optimizer_of(keras, rate, steps):
    """AdamW on a cosine with a warm start, and the moving mean of the weights."""
    cosine = keras.optimizers.schedules.CosineDecay(
        0.0, steps - WARM_STEPS, alpha=RATE_LAST / rate, warmup_target=rate, warmup_steps=WARM_STEPS
    )
    return keras.optimizers.AdamW(
        cosine, weight_decay=WEIGHT_DECAY, global_clipnorm=1.0,
        use_ema=True, ema_momentum=MEAN_MOMENTUM, ema_overwrite_frequency=None,
    )  # fmt: skip


def stepper(tf, net, optimizer):
    """One step of training on a batch; gives loss and share of columns right."""

    @tf.function(reduce_retracing=True)
    def step(x, y):
        known = tf.cast(y != UNKNOWN, tf.float32)
        target = tf.where(y == UNKNOWN, 0, y)
        with tf.GradientTape() as tape:
            logits = net(x, training=True)[:, 0]
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(target, logits)
            loss = tf.reduce_sum(losses * known) / tf.reduce_sum(known)
        gradients = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(gradients, net.trainable_variables))
        right = tf.cast(tf.argmax(logits, -1, output_type=tf.int32) == target, tf.float32)
        return loss, tf.reduce_sum(right * known) / tf.reduce_sum(known)

    return step


class Log:
    """Says how it goes, on the screen and in the run's folder."""

    def __init__(self, folder):
        self.path = folder / "log.txt"
        self.losses, self.rights = [], []
        self.since, self.cpu_since = time.time(), time.process_time()

    def say(self, text):
        print(text, flush=True)
        with self.path.open("a") as log:
            log.write(text + "\n")

    def step(self, done, loss, right):
        self.losses.append(float(loss))
        self.rights.append(float(right))
        count = len(self.losses)
        if done % SAY_STEPS == 0:
            took, cpu = time.time() - self.since, time.process_time() - self.cpu_since
            self.say(
                f"{done} loss {sum(self.losses) / count:.4f} right {sum(self.rights) / count:.4f} "
                f"seconds a step {took / count:.3f}, of this thread's CPU {cpu / count:.3f}"
            )
            self.__init__(self.path.parent)


def maker_of(folder, seed, first, newest):
    """The process that makes strips, started."""
    maker = multiprocessing.get_context("spawn").Process(
        target=shards.make_for_ever, args=(folder, seed, batch.oldest_at(first), newest, SHARDS_AHEAD), daemon=True
    )
    maker.start()
    return maker


def main():
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    # Heavy, and of no use to the process that makes strips: it imports this file too.
    import keras
    import tensorflow as tf

    import export
    import model
    import validate

    keras.mixed_precision.set_global_policy(precision())
    keras.utils.set_random_seed(options.seed)
    net = model.net()
    optimizer = optimizer_of(keras, options.rate, options.steps)
    optimizer.build(net.trainable_variables)
    checkpoint = tf.train.Checkpoint(net=net, optimizer=optimizer)
    manager = tf.train.CheckpointManager(checkpoint, str(options.folder / "checkpoints"), max_to_keep=2)
    if manager.latest_checkpoint:
        checkpoint.restore(manager.latest_checkpoint).assert_existing_objects_matched()
    first = int(optimizer.iterations.numpy())

    newest = multiprocessing.get_context("spawn").Value("l", batch.newest_at(first))
    maker = maker_of(options.folder, options.seed, first, newest)
    pool, log = batch.Pool(options.folder), Log(options.folder)
    if options.start and first == 0:
        export.load(net, optimizer, options.start, batch.drawn(options.seed, 0, pool.at(0))[0])
    step_on = stepper(tf, net, optimizer)
    for step in range(first, options.steps):
        newest.value = batch.newest_at(step)
        log.step(step + 1, *step_on(*batch.drawn(options.seed, step, pool.at(step))))
        last = step + 1 == options.steps
        if (step + 1) % CHECKPOINT_STEPS == 0 or last:
            manager.save()
        if (step + 1) % VALIDATE_STEPS == 0 or last:
            export.save(net, optimizer, options.folder / "net.onnx")
            log.say(f"{step + 1}, held-out faces\n" + validate.report(options.folder / "net.onnx"))
    maker.terminate()


if __name__ == "__main__":
    main()
