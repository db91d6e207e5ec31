# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Invented clients, some of them entered twice by two hands, and which those are.

It knows nothing of how Tandem matches: its names, its short names and its slips are its own. Names
are as unevenly spread as in a British town, relatives share homes, some are twins, and whoever
enters somebody a second time has heard a nickname, mistyped, turned day and month round, knows no
date of birth, or an address from before. How often each happens is our estimate, written down here
before anything was measured.
"""

import random
from itertools import accumulate

from desktop_app.casework.records import Answers


def _listed(names: str) -> list[str]:
    """Return names written one after the other."""
    return names.split()


_COMMON = _listed(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans"
    " Walker White Roberts Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin"
    " Cooper Hill Ward Hughes Moore Clark King Harrison Lewis Baker Lee Allen Morris Khan Scott"
    " Watson Davis Parker James Bennett Young Phillips Richardson Mitchell Bailey Carter Cook Singh"
    " Shaw Bell Collins Morgan Kelly Begum Miller Cox Hussain Marshall Simpson Price Anderson Adams"
    " Wilkinson Foster Ali Ahmed Ellis Murphy Chapman Mason Gray Richards Webb Rogers Hunt Palmer"
    " Holmes Mills Campbell Barnes Knight Matthews Barker Powell Stevens Kaur Fisher Butler Dixon"
    " Russell Pearson Reynolds Graham Fletcher Howard Reid McDonald Stewart Murray Kowalski Nowak"
    " Popa O'Brien O'Connor Byrne Ryan Nguyen Mohamed Akhtar Shah Mahmood Iqbal"
)
_STEMS = _listed(
    "Ash Birk Brad Brom Burn Cald Carl Chad Chil Clif Cran Crom Dal Den Dun East Elm Fair Far Fen"
    " Gar Gold Ham Hart Hask Hather Hazel Hey Holl Horn Kel Kirk Lang Lin Lock Long Mel Mid Mos New"
    " Nor Oak Old Pen Pick Rad Rams Red Ribb Rook Ruth Sand Shel Ship Stan Stock Sut Thorn Thur Tim"
    " Tot Wad Wal War Wes Whit Wil Win Wins Wool Wor"
)
_ENDINGS = _listed(
    "bourne bridge brook bury by combe cott croft dale den don field ford gate grave ham head hurst"
    " ington land leigh ley low man mere more ness over pole ridge shaw side son stead stone stow"
    " thorpe ton wall ward well wick wood worth yard"
)
_MEN = _listed(
    "David Paul Andrew Mark John Michael Stephen Ian Robert Richard Christopher Peter Simon Anthony"
    " Kevin Gary Steven Martin James Philip Alan Neil Nigel Timothy Colin Graham Jonathan Nicholas"
    " William Adrian Brian Stuart Keith Thomas Patrick Sean Carl Trevor Wayne Shaun Kenneth Barry"
    " Derek Dean Raymond Antony Jeremy Joseph Edward Lee Damian Daniel Matthew Ryan Craig Jason"
    " Darren Scott Liam Jordan Mohammed Imran Tariq Piotr Marek Ionut Gareth Rhys Callum Declan"
)
_WOMEN = _listed(
    "Susan Julie Karen Jacqueline Deborah Tracey Jane Helen Diane Sharon Tracy Angela Sarah Alison"
    " Caroline Amanda Sandra Linda Catherine Elizabeth Carol Joanne Wendy Janet Dawn Christine"
    " Nicola Claire Michelle Lisa Emma Rebecca Samantha Donna Kelly Stacey Gemma Victoria Rachel"
    " Laura Charlotte Jessica Hannah Kirsty Leanne Natalie Kerry Shabana Nasreen Agnieszka Elena"
    " Siobhan Bethan Patricia Margaret Theresa Maureen"
)
_SHORT = {
    "David": "Dave",
    "Andrew": "Andy",
    "Michael": "Mick Mike",
    "Stephen": "Steve",
    "Robert": "Bob Rob Robbie",
    "Richard": "Rick Rich",
    "Christopher": "Chris",
    "Anthony": "Tony",
    "Kevin": "Kev",
    "Gary": "Gaz",
    "Steven": "Steve",
    "James": "Jim Jimmy Jamie",
    "Philip": "Phil",
    "Timothy": "Tim",
    "Jonathan": "Jon Jonny",
    "Nicholas": "Nick",
    "William": "Bill Billy Will",
    "Stuart": "Stu",
    "Thomas": "Tom Tommy",
    "Patrick": "Pat Paddy",
    "Kenneth": "Ken Kenny",
    "Daniel": "Dan Danny",
    "Matthew": "Matt",
    "Joseph": "Joe",
    "Edward": "Ed Eddie Ted",
    "Darren": "Daz",
    "Mohammed": "Mo",
    "Susan": "Sue Suzie",
    "Jacqueline": "Jackie",
    "Deborah": "Debbie Debs",
    "Sharon": "Shaz",
    "Angela": "Ange",
    "Alison": "Ali",
    "Amanda": "Mandy",
    "Catherine": "Kate Cath Cathy",
    "Elizabeth": "Liz Beth Lizzie",
    "Joanne": "Jo",
    "Christine": "Chris Chrissy",
    "Nicola": "Nicky",
    "Michelle": "Shell",
    "Rebecca": "Becky Becca",
    "Samantha": "Sam",
    "Victoria": "Vicky Tori",
    "Rachel": "Rach",
    "Jessica": "Jess",
    "Natalie": "Nat",
    "Patricia": "Pat Trish",
    "Margaret": "Maggie Peggy",
    "Theresa": "Terri Tess",
}
_HEARD = (("ph", "f"), ("ck", "k"), ("ie", "y"), ("ey", "y"), ("ea", "ee"), ("ss", "s"))
_HEARD_TOO = (("c", "k"), ("y", "i"), ("th", "t"), ("ll", "l"), ("ou", "u"), ("gh", ""))
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_STREETS = [
    f"{stem}{end} {kind}"
    for stem in _STEMS[:40]
    for end in _ENDINGS[:6]
    for kind in ("Road", "Close")
]


class Doubles:
    """Invents them, the same on every run."""

    def __init__(self, seed: str) -> None:
        self._dice = random.Random(f"doubles/{seed}")  # noqa: S311  no secret
        rare = [stem + end for stem in _STEMS for end in _ENDINGS]
        self._dice.shuffle(rare)
        self._surnames = _COMMON + rare
        self._often = list(
            accumulate(1 / (place + 12) ** 0.9 for place in range(len(self._surnames)))
        )

    def people(self, size: int, *, twice: float) -> tuple[list[Answers], set[tuple[int, int]]]:
        """Return so many clients, a share of them a second entry; and which pairs are one person.

        Args:
            size: how many entries there are altogether.
            twice: which share of them is somebody's second.
        """
        once = size - round(size * twice)
        people: list[Answers] = []
        while len(people) < once:
            one = self._person()
            people.append(one)
            if self._is(0.05) and len(people) < once:
                people.append(self._relative(one))
        again = self._dice.sample(range(once), size - once)
        placed = [(place, people[place]) for place in range(once)]
        placed += [(place, self._again(people[place])) for place in again]
        self._dice.shuffle(placed)
        first: dict[int, int] = {}
        same = set()
        for place, (who, _answers) in enumerate(placed):
            if who in first:
                same.add((first[who], place))
            first.setdefault(who, place)
        return [answers for _who, answers in placed], same

    def _is(self, share: float) -> bool:
        return self._dice.random() < share

    def _surname(self) -> str:
        return self._dice.choices(self._surnames, cum_weights=self._often)[0]

    def _forename(self, gender: str) -> str:
        names = _MEN if gender == "man" else _WOMEN
        weights = [1 / (place + 4) for place in range(len(names))]
        return self._dice.choices(names, weights)[0]

    def _person(self) -> Answers:
        gender = "man" if self._is(0.7) else "woman"
        answers: Answers = {
            "surname": self._surname(),
            "forename": self._forename(gender),
            "gender": gender,
        }
        born = self._born()
        if not self._is(0.04):
            answers["born"] = born[:4] if self._is(0.02) else born
        if self._is(0.3):
            answers["known_as"] = self._short(str(answers["forename"]))
        if self._is(0.65):
            answers["phone"] = self._phone()
        if self._is(0.8):
            answers |= self._home()
        return answers

    def _born(self) -> str:
        if self._is(0.02):
            return f"{self._dice.randint(1950, 2003)}-01-01"
        year = round(self._dice.triangular(1950, 2006, 1982))
        return f"{year}-{self._dice.randint(1, 12):02d}-{self._dice.randint(1, 28):02d}"

    def _phone(self) -> str:
        return f"07{self._dice.randint(100, 999)} {self._dice.randint(100_000, 999_999)}"

    def _home(self) -> Answers:
        street = self._dice.choice(_STREETS)
        number = self._dice.randint(1, 60)
        area = _STREETS.index(street) // 4
        return {
            "address_1": f"{number} {street}",
            "postcode": f"ZZ{area % 20 + 1} {area // 20}{'ABDEFGHJ'[number // 8]}{street[0]}",
        }

    def _short(self, forename: str) -> str:
        return self._dice.choice(_SHORT.get(forename, forename).split())

    def _relative(self, one: Answers) -> Answers:
        """Return somebody who lives with somebody: mostly a brother or a sister, some are twins."""
        other = self._person() | {"surname": one["surname"]}
        for shared in ("address_1", "postcode"):
            if shared in one:
                other[shared] = one[shared]
        if self._is(0.2) and "phone" in one:
            other["phone"] = one["phone"]
        if self._is(0.03) and "born" in one:
            other["born"] = one["born"]
        elif self._is(0.05):  # a father and a son
            other |= {"forename": one["forename"], "gender": one["gender"]}
        return other

    def _again(self, one: Answers) -> Answers:
        """Return somebody as another hand enters them."""
        other = dict(one)
        forename, surname = str(one["forename"]), str(one["surname"])
        if self._is(0.25):
            other["forename"] = self._short(forename)
        elif self._is(0.08):
            other["forename"] = self._mistyped(forename)
        if self._is(0.02):
            other["surname"] = self._surname()  # married, or an earlier name
        elif self._is(0.15):
            other["surname"] = self._mistyped(surname)
        if self._is(0.02):
            other["surname"], other["forename"] = other["forename"], other["surname"]
        if self._is(0.7):
            other.pop("known_as", None)
        other.pop("born", None)
        if "born" in one and not self._is(0.06):
            other["born"] = self._misdated(str(one["born"]))
        if not self._is(0.4):  # moved, or no longer known
            other.pop("address_1", None)
            other.pop("postcode", None)
            other |= self._home() if self._is(0.8) else {}
        if not self._is(0.5):
            other.pop("phone", None)
            other |= {"phone": self._phone()} if self._is(0.5) else {}
        if self._is(0.1):
            other.pop("gender", None)
        return other

    def _misdated(self, born: str) -> str:
        if len(born) < 10 or not self._is(0.16):
            return born
        year, month, day = born.split("-")
        match self._dice.choice(("swapped", "swapped", "figure", "about", "year")):
            case "swapped":
                return f"{year}-{day}-{month}" if int(day) <= 12 else born
            case "figure":
                return self._one_figure(year, month, day)
            case "about":
                return f"{int(year) + self._dice.randint(-2, 2)}~"
            case _:
                return year

    def _one_figure(self, year: str, month: str, day: str) -> str:
        """Return a date one of whose figures was mistyped."""
        if self._is(0.5):
            return f"{year[:3]}{(int(year[3]) + self._dice.randint(1, 9)) % 10}-{month}-{day}"
        if self._is(0.5):
            return f"{year}-{self._dice.randint(1, 12):02d}-{day}"
        return f"{year}-{month}-{self._dice.randint(1, 28):02d}"

    def _mistyped(self, name: str) -> str:
        """Return a name as somebody mistypes it, or spells what they heard."""
        lower = name.casefold()
        heard = [pair for pair in (*_HEARD, *_HEARD_TOO) if pair[0] in lower[1:]]
        if heard and self._is(0.4):
            old, new = self._dice.choice(heard)
            return (lower[0] + lower[1:].replace(old, new, 1)).title()
        at = self._dice.randrange(1, len(lower) - 1) if len(lower) > 2 else 0
        slip = self._dice.choice(("turned", "turned", "missed", "doubled", "beside"))
        if slip == "turned":
            lower = lower[:at] + lower[at + 1 : at + 2] + lower[at] + lower[at + 2 :]
        elif slip == "missed":
            lower = lower[:at] + lower[at + 1 :]
        elif slip == "doubled":
            lower = lower[:at] + lower[at] + lower[at:]
        else:
            lower = lower[:at] + self._beside(lower[at]) + lower[at + 1 :]
        return lower.title()

    def _beside(self, letter: str) -> str:
        row = next((keys for keys in _KEYS if letter in keys), letter)
        place = row.index(letter)
        return row[place - 1] if place else row[min(1, len(row) - 1)]
