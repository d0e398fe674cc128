# SPDX-License-Identifier: MIT
"""Specifications gone wrong: mutations of the nodes of a good one, then of its bytes.

Knows YAML's nodes and traps, nothing of what a specification means.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml
from hypothesis import strategies as st

STR = "tag:yaml.org,2002:str"
INT = "tag:yaml.org,2002:int"
BOOL = "tag:yaml.org,2002:bool"
PLAIN = [
    "~", "", "on", "off", "yes", "no", "true", "<<", "=", "0", "-1", "010", "0o17", "0b1", "0b_", "0x_", "1_000",
    "1:30", "190:20:30", "7.10", "1e3", ".inf", ".nan", "2001-01-01", "18446744073709551616", "9" * 5000, "400",
]
"""Scalars that YAML 1.1 has an opinion about."""
TEXTS = [
    "", " ", "a b", "none", "count", "idle", "all", "armed", "server", "wss_conn_t", "WSS_CFG_X_MS", "a-b", "A", "_",
    "\u00e9", "\U0001f600", "*/", "/*", "??/", "\\", '"', "'", "%", "{{ x }}", "{% if %}", "]]", "|", "<b>", "#",
    "a\nb", "a\n", "\t", "\r", "\0", "\x85", "\u2028", "\ud800", "\ufeff", "00-7F", "80-7F", "C0", "5.2", "x" * 3000,
]
TAGGED = [(INT, "foo"), (INT, ""), (BOOL, "maybe"), (BOOL, ""), ("!own", "x"), ("!!python/name:os.system", "x"),
          ("tag:yaml.org,2002:binary", "AA"), (STR, "1")]
SNIPPETS = [
    b"\t", b":", b": ", b"- ", b"? ", b"{", b"}", b"[", b"]", b'"', b"'", b"&a ", b"*a ", b"*a", b"#", b" #", b"---\n",
    b"...\n", b"%YAML 9.9\n", b"!!int ", b"!!set ", b"|\n", b">\n", b"\n", b"\r", b"\0", b"\x7f", b"\xc2\x85",
    b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"@", b"`", b"<<: *a\n", b"\\", b"  ", b"[" * 2000,
]
DEEP = 60
MANY = 600
MOST_ADDED = 5000
"""Nodes that one mutation adds at most."""


@dataclass(frozen=True)
class Place:
    """A node as it hangs in its parent; `key`: it is the key of an entry. `name`: the key that
    it, or the list that it is in, is the value of."""

    parent: yaml.CollectionNode
    index: int
    key: bool
    name: str

    @property
    def node(self) -> yaml.Node:
        entry = self.parent.value[self.index]
        node: yaml.Node = entry[0 if self.key else 1] if isinstance(self.parent, yaml.MappingNode) else entry
        return node

    def put(self, node: yaml.Node) -> None:
        if isinstance(self.parent, yaml.MappingNode):
            key, value = self.parent.value[self.index]
            self.parent.value[self.index] = (node, value) if self.key else (key, node)
        else:
            self.parent.value[self.index] = node


def places(root: yaml.Node) -> list[Place]:
    """Every node but the root, each once."""
    return list(_places(root, "", set()))


def _places(node: yaml.Node, name: str, seen: set[int]) -> Iterator[Place]:
    if not isinstance(node, yaml.CollectionNode) or id(node) in seen:
        return
    seen.add(id(node))
    for index, entry in enumerate(node.value):
        if isinstance(node, yaml.MappingNode):
            name = entry[0].value if isinstance(entry[0], yaml.ScalarNode) else ""
            yield Place(node, index, True, "")
            yield from _places(entry[0], "", seen)
        child = entry[1] if isinstance(node, yaml.MappingNode) else entry
        yield Place(node, index, False, name)
        yield from _places(child, name, seen)


# ------------------------------------------------------------------------- nodes

def plain(value: str) -> yaml.ScalarNode:
    """As if it stood there without quotes."""
    resolve: Callable[..., str] = yaml.resolver.Resolver().resolve
    return yaml.ScalarNode(resolve(yaml.ScalarNode, value, (True, False)), value)


scalars: st.SearchStrategy[yaml.Node] = st.one_of(
    st.sampled_from(PLAIN).map(plain),
    st.sampled_from(TEXTS).map(lambda text: yaml.ScalarNode(STR, text, style='"')),
    st.sampled_from(TAGGED).map(lambda tagged: yaml.ScalarNode(*tagged)),
    st.integers(-70000, 70000).map(lambda number: plain(str(number))),
)
values: st.SearchStrategy[yaml.Node] = scalars | st.builds(
    lambda items, mapping: yaml.MappingNode("tag:yaml.org,2002:map", list(zip(items, items)), flow_style=True)
    if mapping else yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=True),
    st.lists(scalars, max_size=3), st.booleans())


def _wrapped(node: yaml.Node, levels: int) -> yaml.Node:
    for _ in range(levels):
        node = yaml.SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=True)
    return node


def _delete(place: Place, _other: Place, _value: yaml.Node) -> None:
    del place.parent.value[place.index]


def _double(place: Place, _other: Place, _value: yaml.Node) -> None:
    place.parent.value.insert(place.index, copy.deepcopy(place.parent.value[place.index]))


def _replace(place: Place, _other: Place, value: yaml.Node) -> None:
    place.put(value)


def _copy(place: Place, other: Place, _value: yaml.Node) -> None:
    place.put(copy.deepcopy(other.node))


def _share(place: Place, other: Place, _value: yaml.Node) -> None:
    """As an alias; perhaps of a node around this one."""
    place.put(other.node)


def _swap(place: Place, other: Place, _value: yaml.Node) -> None:
    mine, theirs = place.node, other.node
    place.put(theirs)
    other.put(mine)


def _wrap(place: Place, _other: Place, _value: yaml.Node) -> None:
    place.put(_wrapped(place.node, 1))


def _bury(place: Place, _other: Place, _value: yaml.Node) -> None:
    place.put(_wrapped(place.node, DEEP))


def _spread(place: Place, _other: Place, _value: yaml.Node) -> None:
    """More of the same, each with a name of its own where entries have names."""
    entry = place.parent.value[place.index]
    size = 1 + len(places(place.node))
    for number in range(min(MANY, MOST_ADDED // size)):
        more = copy.deepcopy(entry)
        if isinstance(more, tuple) and isinstance(more[0], yaml.ScalarNode):
            more[0].value += f"_{number}"
        place.parent.value.append(more)


def _blow_up(place: Place, other: Place, _value: yaml.Node) -> None:
    """Ten times ten times ten... of a node, by aliases."""
    node = other.node
    for _ in range(12):
        node = yaml.SequenceNode("tag:yaml.org,2002:seq", [node] * 10, flow_style=True)
    place.put(node)


def _is_name(place: Place) -> bool:
    """Of a value: something that is looked up, not a sentence."""
    node = place.node
    return isinstance(node, yaml.ScalarNode) and not place.key and node.tag == STR and " " not in node.value


def _give(place: Place, other: Place, _value: yaml.Node) -> None:
    """An entry of another mapping or list; in a mapping in place of its own, if it has one."""
    entry = copy.deepcopy(other.parent.value[other.index])
    if not isinstance(place.parent, type(other.parent)):
        return
    if isinstance(entry, tuple):
        place.parent.value = [own for own in place.parent.value if own[0].value != entry[0].value]
    place.parent.value.append(entry)


def _reorder(place: Place, _other: Place, _value: yaml.Node) -> None:
    entries = place.parent.value
    entries.insert(0, entries.pop(place.index))


Mutation = Callable[[Place, Place, yaml.Node], None]
MEANING: list[Mutation] = [_copy, _copy, _delete, _double, _give, _reorder]
SHAPE: list[Mutation] = [_delete, _double, _replace, _replace, _replace, _copy, _share, _swap, _wrap]
BULK: list[Mutation] = [_bury, _spread, _blow_up]


# --------------------------------------------------------------------- documents

def serialized(root: yaml.Node) -> bytes:
    text: str = yaml.serialize(root, Dumper=yaml.SafeDumper, width=200, allow_unicode=True)
    return text.encode("utf-8", "surrogatepass")


def _composed(text: str) -> yaml.Node:
    compose: Callable[..., yaml.Node] = yaml.compose
    return compose(text, Loader=yaml.SafeLoader)


@st.composite
def specifications(draw: st.DrawFn, text: str, mutations: list[Mutation]) -> bytes:
    """A document made of a good one."""
    root = _composed(text)
    for mutate in draw(st.lists(st.sampled_from(mutations), min_size=1, max_size=3)):
        everywhere = places(root)
        place, other = draw(st.tuples(st.integers(0, len(everywhere) - 1), st.integers(0, len(everywhere) - 1)))
        mutate(everywhere[place], everywhere[other], draw(values))
    return serialized(root)


@st.composite
def misnamed(draw: st.DrawFn, text: str) -> bytes:
    """A document of a good shape: in the machines, names stand where others of their kind stood,
    or are gone."""
    root = _composed(text)
    machines = next(value for key, value in root.value if key.value == "machines")
    for mutate in draw(st.lists(st.sampled_from(MEANING), min_size=1, max_size=4)):
        names = [place for place in places(machines) if _is_name(place)]
        place = names[draw(st.integers(0, len(names) - 1))]
        alike = [other for other in names if other.name == place.name]
        mutate(place, alike[draw(st.integers(0, len(alike) - 1))], yaml.ScalarNode(STR, ""))
    return serialized(root)


@st.composite
def mangled(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with pieces inserted, left out or cut off."""
    for snippet in draw(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=4)):
        at = draw(st.integers(0, len(data)))
        drop = draw(st.sampled_from([0, 0, 1, 20, len(data)]))
        data = data[:at] + snippet + data[at + drop:]
    return data
