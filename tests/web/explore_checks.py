"""A grid of proposals, and what is learned from what is said of them."""

import json

from opened_page import params_of
from harness import check, run_bytes
from selenium.webdriver.common.keys import Keys


def filled(page, count=16):
    page.wait(lambda: page.count(".sound") == count, "a grid")
    page.wait(lambda: page.eval("document.getElementById('told').textContent") == "", "its sounds")


def a_grid_is_heard_and_rated(page):
    page.fresh()
    page.room("explore")
    filled(page)
    cards = page.all_of(".sound")
    cards[0].send_keys(Keys.ARROW_RIGHT)
    page.wait(lambda: page.eval("window.started") == 1, "the next one is heard")
    for index, key in enumerate("lldlk"):
        cards[index].send_keys(key)
    check(page.count('.sound[data-said="liked"]') == 3 and page.count('.sound[data-said="disliked"]') == 1, "what was said is seen")
    cards[1].send_keys("l")
    check(page.count('.sound[data-said="liked"]') == 2, "the same again takes it back")
    check("2 liked, 1 disliked" in page.eval("document.getElementById('said').textContent"), "tally")
    page.click("save-ratings")
    name, ratings = page.saved()
    check(name == "drumgen-ratings.jsonl" and len(ratings.splitlines()) == 3, ratings)
    run_bytes("feedback", "--import", "-", "--ratings", "r.jsonl", stdin=ratings)
    stored = [json.loads(line) for line in open("r.jsonl")]
    check([line["label"] for line in stored] == ["like", "dislike", "like"], stored)
    check([line["patch"]["seed"] for line in stored] == [json.loads(line)["patch"]["seed"] for line in ratings.splitlines()], "seeds")
    page.click("save-kept")
    kept = page.saved()[1]
    run_bytes("render", "-", "-o", "{index}.wav", stdin=kept)
    page.set("from", "kept")
    filled(page, 1)
    page.set("from", "variations")
    filled(page)


def learns_as_the_program(page):
    """The same ratings and seed give the same proposals, and they come back into the page."""
    page.fresh()
    said = ""
    for seed in (1, 2):
        for index, line in enumerate(run_bytes("propose", "snare", "-n", "12", "--seed", str(seed))[0].decode().splitlines()):
            label = "like" if params_of(line).get("tone", 0.5) > 0.5 or index % 5 == 0 else "dislike"
            said += json.dumps({"time": f"2026-11-30T10:{seed:02}:{index:02}Z", "label": label, "patch": json.loads(line)}) + "\n"
    run_bytes("feedback", "--import", "-", "--ratings", "r.jsonl", stdin=said.encode())
    lines = run_bytes("propose", "snare", "--from", "learned", "--ratings", "r.jsonl", "-n", "20", "--seed", "77")[0].decode().splitlines()
    made = page.ask("async (ratings) => drumgen.learned('snare', {count: 20, seed: 77, ratings})", said)
    check(made == lines, f"{made[:2]} is not {lines[:2]}")
    lines = run_bytes("propose", "snare", "--from", "learned", "--ratings", "r.jsonl", "-n", "5", "--explore", "0", "--lock",
                      "tone=0.9")[0].decode().splitlines()
    made = page.ask("async (ratings) => drumgen.learned('snare', {count: 5, explore: 0, locks: ['tone=0.9'], ratings})", said)
    check(made == lines, f"{made[:2]} is not {lines[:2]}")
    page.room("explore")
    filled(page)
    page.drop("said.jsonl", said.encode())
    page.wait(lambda: "24 ratings are new" in page.told(), "ratings are taken")
    check(page.eval("drumgen.page.ratings()").count("\n") == 24, "all of them")
    page.drop("said.jsonl", said.encode())
    page.wait(lambda: "0 ratings are new" in page.told(), "once")
    page.open()
    check(page.eval("drumgen.page.ratings()").count("\n") == 24, "they are kept")
    page.room("explore")
    page.set("from", "learned")
    filled(page)


TESTS = (a_grid_is_heard_and_rated, learns_as_the_program)
