"""What is kept: up to a number of bytes, what was used last."""

import gc
import threading
import weakref

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab import kept
from cnnstudio.lab.image import Image, working_image
from cnnstudio.lab.kept import MOST, Shelf


def bytes_of(count):
    return np.zeros(count, np.uint8)


def test_the_program_keeps_at_most_128_megabytes():
    assert kept.shelf.most == MOST == 128 * 2**20


def test_what_was_put_is_found():
    shelf, thing = Shelf(10), bytes_of(3)
    shelf.put("a", thing)
    assert shelf.get("a") is thing
    assert shelf.get("b") is None


def test_what_was_not_used_for_longest_makes_room():
    shelf = Shelf(10)
    for name in "abc":
        shelf.put(name, bytes_of(3))
    shelf.get("a")
    shelf.put("d", bytes_of(3))
    assert [name for name in "abcd" if shelf.get(name) is not None] == ["a", "c", "d"]


def test_what_is_larger_than_the_shelf_is_not_kept_and_drives_nothing_out():
    shelf = Shelf(10)
    shelf.put("small", bytes_of(4))
    shelf.put("large", bytes_of(11))
    assert shelf.get("large") is None
    assert shelf.get("small") is not None


def test_a_thing_put_twice_counts_once():
    shelf = Shelf(10)
    for size in (3, 5):
        shelf.put("a", bytes_of(size))
    assert shelf.nbytes == 5


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), max_size=40))
def test_there_is_never_more_than_allowed_and_the_count_is_true(things):
    shelf, sizes = Shelf(12), {}
    for name, size in things:
        shelf.put(name, bytes_of(size))
        sizes[name] = size
        left = [shelf.get(each) for each in range(6)]
        assert shelf.nbytes == sum(each.nbytes for each in left if each is not None) <= 12
        assert all(each is None or each.nbytes == sizes[i] for i, each in enumerate(left))
        assert shelf.get(name) is not None


def test_threads_may_ask_at_once():
    shelf, failed = Shelf(50), []

    def ask(seed):
        rng = np.random.default_rng(seed)
        try:
            for _ in range(500):
                name = int(rng.integers(9))
                found = shelf.get(name)
                if found is None:
                    shelf.put(name, bytes_of(name + 5))
                elif found.nbytes != name + 5:
                    failed.append(name)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failed
    assert shelf.nbytes == sum(f.nbytes for f in map(shelf.get, range(9)) if f is not None)


def test_a_kept_function_is_called_once_for_the_same_arguments():
    calls = []

    @kept.kept
    def made(size):
        calls.append(size)
        return bytes_of(size)

    assert made(5) is made(5)
    assert made(6) is not made(5)
    assert calls == [5, 6]


def test_two_kept_functions_do_not_mix_up_their_answers():
    ones = kept.kept(np.ones)
    zeros = kept.kept(np.zeros)
    assert ones(2).tolist() == [1, 1]
    assert zeros(2).tolist() == [0, 0]


def test_a_large_argument_with_a_key_is_not_kept_with_the_answer():
    class Large:
        def __init__(self, key):
            self.key = key

    asked = []

    @kept.kept
    def made(large):
        asked.append(large.key)
        return bytes_of(3)

    large = Large("a")
    there = weakref.ref(large)
    first = made(large)
    asked.clear()
    del large
    gc.collect()
    assert there() is None
    assert made(Large("a")) is first
    assert made(Large("b")) is not first
    assert asked == ["b"]


def test_a_reduced_picture_does_not_keep_the_whole_one_alive():
    image = Image(np.zeros((1, 90, 80), np.uint8), "whole")
    pixels = weakref.ref(image)
    small = working_image(image, 20, False, False)
    del image
    gc.collect()
    assert pixels() is None
    assert working_image(Image(np.zeros((1, 90, 80), np.uint8), "whole"), 20, False, False) is small
