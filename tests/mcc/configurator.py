# SPDX-License-Identifier: MIT
"""A stand-in for Harmony's configurator, as far as the component uses it: what it does not know
fails. Runs in Python 3 and, as the configurator's scripts do, in Jython (Python 2.7).

    project = Project("package folder", {"HarmonyCore": {"SELECT_RTOS": "FreeRTOS"}})
    project.set("SYS_WSS_PORT", 8080)
    project.model()    # what templates see
    project.outputs()  # files that are generated
"""
import os
import sys

MYPY = False
if MYPY:
    from typing import Any, Callable, Dict, List, Optional, Tuple
    Update = Callable[[Any, Any], None]

COMPONENT = "sysWssPic32mzw1"
CONFIGURATION = "default"
SERVICE_LISTS = (
    "core.LIST_SYSTEM_DEFINITIONS_H_INCLUDES",
    "core.LIST_SYSTEM_DEFINITIONS_H_OBJECTS",
    "core.LIST_SYSTEM_CONFIG_H_SYSTEM_SERVICE_CONFIGURATION",
    "core.LIST_SYSTEM_INIT_C_INITIALIZE_SYSTEM_SERVICES",
    "core.LIST_SYSTEM_RTOS_TASKS_C_DEFINITIONS",
    "core.LIST_SYSTEM_TASKS_C_CALL_DRIVER_TASKS",
)

# Components of others, and those of their symbols that matter, as they are at first.
OTHERS = {
    "HarmonyCore": {"SELECT_RTOS": "BareMetal"},
    "tcpipStack": {},
    "tcpipTcp": {"TCPIP_TCP_MAX_SOCKETS": 10, "TCPIP_TCP_DYNAMIC_OPTIONS": True},
    "tcpipDns": {},
    "net_Pres": {
        "NET_PRES_SOCKETS": 10, "NET_PRES_SUPPORT_ENCRYPTION": False,
        "NET_PRES_SUPPORT_SERVER_ENC": False, "NET_PRES_SUPPORT_CLIENT_ENC": True,
    },
    "sys_time": {}, "sys_console": {}, "sys_command": {},
    "lib_crypto": {},
    "lib_wolfcrypt": {"wolfcrypt_hw": False, "wolfcrypt_random": True, "wolfcrypt_random_hw": False},
}  # type: Dict[str, Dict[str, Any]]
CAPABILITIES = ("TCP", "SYS_TIME", "LIB_CRYPTO", "SYS_CONSOLE", "SYS_COMMAND", "DNSC", "net_pres")


class Refused(Exception):
    """The configurator would not take this."""


def require(condition, words):
    # type: (bool, str) -> None
    if not condition:
        raise Refused(words)


class Symbol(object):
    """What all symbols have."""

    kinds = ()  # type: Tuple[type, ...]

    def __init__(self, component, name, parent):
        # type: (Component, str, Optional[Symbol]) -> None
        require(parent is None or isinstance(parent, Symbol), "%s: the parent is no symbol" % name)
        self._component = component
        self._name = name
        self.parent = parent
        self.label = ""
        self.description = ""
        self.help = ""
        self.visible = True
        self.update = None  # type: Optional[Update]
        self.sources = []  # type: List[str]

    def getID(self):
        # type: () -> str
        return self._name

    def getComponent(self):
        # type: () -> Component
        return self._component

    def setLabel(self, text):
        # type: (str) -> None
        self.label = self._text(text)

    def setDescription(self, text):
        # type: (str) -> None
        self.description = self._text(text)

    def setHelp(self, text):
        # type: (str) -> None
        self.help = self._text(text)

    def setVisible(self, visible):
        # type: (bool) -> None
        self.visible = self._truth(visible)

    def setDependencies(self, update, sources):
        # type: (Update, List[str]) -> None
        require(self.update is None, "%s: setDependencies() again" % self._name)
        require(callable(update) and isinstance(sources, list), "%s: setDependencies()" % self._name)
        self.update = update
        self.sources = sources

    def _text(self, text):
        # type: (Any) -> str
        require(isinstance(text, ("".__class__, u"".__class__)), "%s: %r is no text" % (self._name, text))
        return str(text)

    def _truth(self, value):
        # type: (Any) -> bool
        require(isinstance(value, bool), "%s: %r is no truth value" % (self._name, value))
        return bool(value)


class MenuSymbol(Symbol):
    pass


class CommentSymbol(Symbol):
    pass


class ValueSymbol(Symbol):
    """One that has a value."""

    def __init__(self, component, name, parent):
        # type: (Component, str, Optional[Symbol]) -> None
        Symbol.__init__(self, component, name, parent)
        self.default = None  # type: Any
        self.value = None  # type: Any
        self.read_only = False

    def setReadOnly(self, read_only):
        # type: (bool) -> None
        self.read_only = self._truth(read_only)

    def setDefaultValue(self, value):
        # type: (Any) -> None
        self._check(value)
        self.default = value

    def setValue(self, value):
        # type: (Any) -> None
        self._check(value)
        before = self.getValue()
        self.value = value
        if before != value:
            self._component.project.changed(self._name)

    def getValue(self):
        # type: () -> Any
        return self.default if self.value is None else self.value

    def _check(self, value):
        # type: (Any) -> None
        raise NotImplementedError


class BooleanSymbol(ValueSymbol):
    def _check(self, value):
        # type: (Any) -> None
        self._truth(value)


class IntegerSymbol(ValueSymbol):
    low, high = -2147483648, 2147483647

    def setMin(self, low):
        # type: (int) -> None
        self.low = low

    def setMax(self, high):
        # type: (int) -> None
        require(-2147483648 <= high <= 2147483647, "%s: the maximum does not fit" % self._name)
        self.high = high

    def _check(self, value):
        # type: (Any) -> None
        whole = isinstance(value, int) and not isinstance(value, bool)
        require(whole, "%s: %r is no integer" % (self._name, value))
        require(self.low <= value <= self.high, "%s: %r is not %d..%d" % (self._name, value, self.low, self.high))


class StringSymbol(ValueSymbol):
    def _check(self, value):
        # type: (Any) -> None
        self._text(value)


class ComboSymbol(ValueSymbol):
    choices = []  # type: List[str]

    def _check(self, value):
        # type: (Any) -> None
        require(value in self.choices, "%s: %r is none of %r" % (self._name, value, self.choices))


class FileSymbol(Symbol):
    TYPES = ("HEADER", "SOURCE", "STRING")

    def __init__(self, component, name, parent):
        # type: (Component, str, Optional[Symbol]) -> None
        Symbol.__init__(self, component, name, parent)
        self.source = ""
        self.output = ""
        self.destination = ""
        self.project_path = ""
        self.type = ""
        self.markup = False
        self.overwrite = True
        self.enabled = True

    def setSourcePath(self, path):
        # type: (str) -> None
        self.source = self._text(path)

    def setOutputName(self, name):
        # type: (str) -> None
        self.output = self._text(name)

    def setDestPath(self, path):
        # type: (str) -> None
        self.destination = self._text(path)

    def setProjectPath(self, path):
        # type: (str) -> None
        self.project_path = self._text(path)

    def setType(self, kind):
        # type: (str) -> None
        require(kind in self.TYPES, "%s: %r is no type of a file" % (self._name, kind))
        self.type = kind

    def setMarkup(self, markup):
        # type: (bool) -> None
        self.markup = self._truth(markup)

    def setOverwrite(self, overwrite):
        # type: (bool) -> None
        self.overwrite = self._truth(overwrite)

    def setEnabled(self, enabled):
        # type: (bool) -> None
        self.enabled = self._truth(enabled)

    def check(self, root):
        # type: (str) -> None
        require(os.path.isfile(os.path.join(root, self.source)), "%s: there is no %s" % (self._name, self.source))
        require(self.markup == self.source.endswith(".ftl"), "%s: templates are markup" % self._name)
        if self.type == "STRING":
            require(self.output in SERVICE_LISTS and self.markup, "%s: no list for it" % self._name)
            return
        suffix = {"SOURCE": ".c", "HEADER": ".h"}[self.type]
        require(self.output.endswith(suffix), "%s: %s is no %s" % (self._name, self.output, self.type))
        require(self.destination == "" or self.destination.endswith("/"), "%s: no folder" % self._name)


class SettingSymbol(Symbol):
    category = key = value = separator = ""

    def setCategory(self, category):
        # type: (str) -> None
        require(category in ("C32", "C32CPP", "C32-AS", "C32-LD"), "%s: %r" % (self._name, category))
        self.category = category

    def setKey(self, key):
        # type: (str) -> None
        require(key in ("extra-include-directories", "preprocessor-macros"), "%s: %r" % (self._name, key))
        self.key = key

    def setValue(self, value):
        # type: (str) -> None
        self.value = self._text(value)

    def setAppend(self, append, separator):
        # type: (bool, str) -> None
        require(self._truth(append) and separator == ";", "%s: setAppend()" % self._name)
        self.separator = separator


class Component(object):
    """The component's own, or one of others that holds values alone."""

    def __init__(self, project, name):
        # type: (Project, str) -> None
        self.project = project
        self._name = name
        self.symbols = {}  # type: Dict[str, Symbol]
        self.order = []  # type: List[Symbol]
        self.dependencies = {}  # type: Dict[str, bool]
        self.display_type = ""

    def getID(self):
        # type: () -> str
        return self._name

    def setDisplayType(self, text):
        # type: (str) -> None
        self.display_type = text

    def addDependency(self, name, capability, label, generic, required):
        # type: (str, str, Optional[str], bool, bool) -> None
        require(name not in self.dependencies, "the dependency %s again" % name)
        require(capability in CAPABILITIES, "nobody has the capability %s" % capability)
        require(isinstance(generic, bool) and isinstance(required, bool), name)
        self.dependencies[name] = True

    def setDependencyEnabled(self, name, enabled):
        # type: (str, bool) -> None
        require(name in self.dependencies and isinstance(enabled, bool), "the dependency %s" % name)
        self.dependencies[name] = enabled

    def getSymbolByID(self, name):
        # type: (str) -> Symbol
        require(name in self.symbols, "%s has no symbol %s" % (self._name, name))
        return self.symbols[name]

    def getSymbolValue(self, name):
        # type: (str) -> Any
        symbol = self.getSymbolByID(name)
        require(isinstance(symbol, ValueSymbol), "%s has no value" % name)
        return symbol.getValue() if isinstance(symbol, ValueSymbol) else None

    def _add(self, symbol):
        # type: (Any) -> Any
        require(symbol.getID() not in self.symbols, "%s again" % symbol.getID())
        self.symbols[symbol.getID()] = symbol
        self.order.append(symbol)
        return symbol

    def createBooleanSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        symbol = self._add(BooleanSymbol(self, name, parent))
        symbol.default = False
        return symbol

    def createIntegerSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        return self._add(IntegerSymbol(self, name, parent))

    def createStringSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        return self._add(StringSymbol(self, name, parent))

    def createComboSymbol(self, name, parent, choices):
        # type: (str, Optional[Symbol], List[str]) -> Any
        symbol = self._add(ComboSymbol(self, name, parent))
        symbol.choices = choices
        return symbol

    def createMenuSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        return self._add(MenuSymbol(self, name, parent))

    def createCommentSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        return self._add(CommentSymbol(self, name, parent))

    def createFileSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        return self._add(FileSymbol(self, name, parent))

    def createSettingSymbol(self, name, parent):
        # type: (str, Optional[Symbol]) -> Any
        return self._add(SettingSymbol(self, name, parent))


class Module(object):
    """The `Module` of scripts."""

    def __init__(self, project):
        # type: (Project) -> None
        self._project = project

    def getPath(self):
        # type: () -> str
        return self._project.root + "/"

    def CreateComponent(self, name, label, menu, script):
        # type: (str, str, str, str) -> Component
        require(os.path.isfile(os.path.join(self._project.root, script)), "there is no %s" % script)
        component = Component(self._project, name)
        self._project.offered[name] = (component, label, menu, script)
        return component


class Database(object):
    """The `Database` of scripts: the components that are active."""

    def __init__(self, project, others):
        # type: (Project, Dict[str, Dict[str, Any]]) -> None
        self._project = project
        self.active = {}  # type: Dict[str, Dict[str, Any]]
        self.messages = []  # type: List[Tuple[str, str, Dict[str, Any]]]
        self._later = others
        for name in ("HarmonyCore",) + tuple(sorted(others)):
            self.activateComponents([name])

    def activateComponents(self, names):
        # type: (List[str]) -> None
        require(isinstance(names, list), "activateComponents() takes a list")
        for name in names:
            require(name in OTHERS, "there is no component %s" % name)
            if name not in self.active:
                self.active[name] = dict(OTHERS[name], **self._later.get(name, {}))
                for symbol in sorted(self.active[name]):
                    self._project.changed(name + "." + symbol)

    def deactivateComponents(self, names):
        # type: (List[str]) -> None
        for name in names:
            gone = self.active.pop(name)
            for symbol in sorted(gone):
                self._project.changed(name + "." + symbol)

    def getComponentByID(self, name):
        # type: (str) -> Any
        if name == COMPONENT:
            return self._project.component
        require(name in OTHERS, "there is no component %s" % name)
        return name if name in self.active else None

    def getSymbolValue(self, component, symbol):
        # type: (str, str) -> Any
        require(component in self.active, "%s is not active" % component)
        require(symbol in self.active[component], "%s has no symbol %s" % (component, symbol))
        return self.active[component][symbol]

    def setSymbolValue(self, component, symbol, value):
        # type: (str, str, Any) -> None
        if component == COMPONENT:
            self._project.set(symbol, value)
            return
        before = self.getSymbolValue(component, symbol)
        require(type(before) is type(value), "%s.%s: %r" % (component, symbol, value))
        self.active[component][symbol] = value
        if before != value:
            self._project.changed(component + "." + symbol)

    def sendMessage(self, component, message, arguments):
        # type: (str, str, Dict[str, Any]) -> Dict[str, Any]
        require(component in self.active, "%s is not active" % component)
        require(message == "ENABLE_SYS_COMMON", "%s knows no message %s" % (component, message))
        self.messages.append((component, message, arguments))
        return {}


class Variables(object):
    """The `Variables` of scripts."""

    def get(self, name):
        # type: (str) -> str
        return {"__CONFIGURATION_NAME": CONFIGURATION}[name]


class Project(object):
    """A project with the component in it."""

    def __init__(self, root, others=None):
        # type: (str, Optional[Dict[str, Dict[str, Any]]]) -> None
        self.root = os.path.abspath(root)
        self.offered = {}  # type: Dict[str, Tuple[Component, str, str, str]]
        self.component = None  # type: Optional[Component]
        self.depth = 0
        self.database = Database(self, others or {})
        self.run("config/module.py")["loadModule"]()
        self.component, _, _, script = self.offered[COMPONENT]
        path = list(sys.path)
        self.script = self.run(script)
        sys.path[:] = path
        self.script["instantiateComponent"](self.component)
        self.check()
        self.script["finalizeComponent"](self.component)

    def run(self, script):
        # type: (str) -> Dict[str, Any]
        path = os.path.join(self.root, script)
        scope = {"Module": Module(self), "Database": self.database, "Variables": Variables(),
                 "__name__": os.path.basename(script)[:-3]}
        with open(path) as source:
            exec(compile(source.read(), path, "exec"), scope)
        return scope

    def own(self):
        # type: () -> Component
        assert self.component is not None
        return self.component

    def check(self):
        # type: () -> None
        """What holds of all symbols once they are there."""
        for symbol in self.own().order:
            for source in symbol.sources:
                if "." in source:
                    component, name = source.split(".")
                    require(name in OTHERS.get(component, {}), "%s depends on %s" % (symbol.getID(), source))
                else:
                    self.own().getSymbolValue(source)
            if isinstance(symbol, FileSymbol):
                symbol.check(self.root)

    def changed(self, name):
        # type: (str) -> None
        """Tells those that depend on it."""
        if self.component is None:
            return
        require(self.depth < 20, "%s: changes without end" % name)
        self.depth += 1
        for symbol in list(self.component.order):
            if symbol.update is not None and name in symbol.sources:
                symbol.update(symbol, {"id": name})
        self.depth -= 1

    def set(self, name, value):
        # type: (str, Any) -> None
        """The user sets an option, or a symbol of another component: "tcpipTcp.TCPIP_..."."""
        if "." in name:
            component, symbol = name.split(".")
            self.database.activateComponents([component])
            self.database.setSymbolValue(component, symbol, value)
            return
        symbol_of_ours = self.own().getSymbolByID(name)
        assert isinstance(symbol_of_ours, ValueSymbol)
        require(not symbol_of_ours.read_only, "%s is read-only" % name)
        symbol_of_ours.setValue(value)

    def get(self, name):
        # type: (str) -> Any
        return self.own().getSymbolValue(name)

    def complaints(self):
        # type: () -> List[str]
        """What the user reads of what does not go together."""
        return [symbol.label for symbol in self.own().order
                if isinstance(symbol, CommentSymbol) and symbol.visible and symbol.label.startswith("!!! ")]

    def model(self):
        # type: () -> Dict[str, Any]
        model = dict((symbol.getID(), symbol.getValue()) for symbol in self.own().order
                     if isinstance(symbol, ValueSymbol))
        model.update((name, dict(symbols)) for name, symbols in self.database.active.items())
        return model

    def outputs(self):
        # type: () -> List[FileSymbol]
        return [symbol for symbol in self.own().order if isinstance(symbol, FileSymbol) and symbol.enabled]

    def include_folders(self):
        # type: () -> List[str]
        return [folder for symbol in self.own().order if isinstance(symbol, SettingSymbol)
                for folder in symbol.value.split(";")]


def path_of(file):
    # type: (FileSymbol) -> str
    """Where it lands, as seen from the project's src/ folder."""
    return os.path.normpath(os.path.join("config", CONFIGURATION, file.destination, file.output)).replace("\\", "/")
