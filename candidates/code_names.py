"""What a candidate is called where their name is hidden: a bird, by lot. Pure."""

import random
from collections.abc import Collection

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
    lot = random.SystemRandom()
    for turn in range(1, len(taken) + 2):
        ending = f" {turn}" if turn > 1 else ""
        names = [f"Candidate {bird}{ending}" for bird in BIRDS]
        if free := [name for name in names if name not in taken]:
            return lot.choice(free)
    raise AssertionError("more names were tried than are taken")
