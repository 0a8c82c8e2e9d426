import growth
import pytest


@pytest.mark.parametrize(("power", "fails"), [(1, False), (1.4, False), (1.6, True), (2, True)])
def test_what_grows_faster_than_its_length_fails(monkeypatch, power, fails):
    now = 0.0

    def read(length):
        nonlocal now
        now += length**power

    monkeypatch.setattr(growth.time, "process_time", lambda: now)
    if fails:
        with pytest.raises(pytest.fail.Exception, match=r"8 times the length took \d+, \d+, \d+ times as long"):
            growth.assert_linear(read, lambda n: n, 800)
    else:
        growth.assert_linear(read, lambda n: n, 800)


def test_one_good_try_is_enough(monkeypatch):
    now, tries = 0.0, 0

    def read(length):
        nonlocal now, tries
        tries += 1
        now += length * (100 if tries == 3 else 1)  # something else ran beside the first try

    monkeypatch.setattr(growth.time, "process_time", lambda: now)
    growth.assert_linear(read, lambda n: n, 800)
    assert tries == 5
