"""What a candidate is called where their name is hidden: a bird, by lot. Pure."""

import random
from collections.abc import Collection
from itertools import count

BIRDS = """
Albatross Avocet Bittern Blackbird Bluethroat Brambling Bullfinch Bunting Buzzard Chaffinch Chiffchaff Chough Coot
Cormorant Corncrake Crake Crane Crossbill Cuckoo Curlew Dipper Dotterel Dove Dunlin Dunnock Eider Falcon Fieldfare
Firecrest Flamingo Flycatcher Fulmar Gadwall Gannet Garganey Godwit Goldcrest Goldeneye Goldfinch Goosander Goshawk
Grebe Greenfinch Greenshank Guillemot Harrier Hawfinch Heron Hobby Hoopoe Ibis Jackdaw Jay Kestrel Kingfisher
Kittiwake Knot Lapwing Linnet Magpie Mallard Martin Merganser Merlin Moorhen Nightingale Nightjar Nuthatch Oriole
Osprey Ouzel Oystercatcher Partridge Pelican Peregrine Petrel Phalarope Pheasant Pintail Pipit Plover Pochard
Ptarmigan Puffin Quail Redpoll Redshank Redstart Redwing Reeve Robin Roller Rook Ruff Sanderling Sandpiper Scaup
Scoter Serin Shearwater Shelduck Shoveler Shrike Siskin Skua Skylark Smew Snipe Sparrow Spoonbill Starling Stilt Stint
Stonechat Stork Swallow Swan Swift Teal Tern Thrush Treecreeper Turnstone Twite Wagtail Warbler Waxwing Wheatear
Whimbrel Whinchat Whitethroat Wigeon Woodcock Woodlark Wren Wryneck Yellowhammer
""".split()  # noqa: SIM905 - a list of words reads better as words


def draw(taken: Collection[str]) -> str:
    """A code name that is not in `taken`: "Candidate Wren", later "Candidate Wren 2".

    Drawn by lot, so it says nothing about the person, nor how many there are.
    """
    return draw_many(taken, 1)[0]


def draw_many(taken: Collection[str], number: int) -> list[str]:
    """So many of them, each another one."""
    lot = random.SystemRandom()
    drawn: list[str] = []
    for turn in count(1):
        ending = f" {turn}" if turn > 1 else ""
        names = [f"Candidate {bird}{ending}" for bird in BIRDS]
        free = [name for name in names if name not in taken]
        lot.shuffle(free)
        drawn.extend(free[: number - len(drawn)])
        if len(drawn) == number:
            break
    return drawn
