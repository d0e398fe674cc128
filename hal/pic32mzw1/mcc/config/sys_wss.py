# SPDX-License-Identifier: MIT
"""The component sysWssPic32mzw1: Microchip's WebSocket system service over this engine. Makes the
options, says what does not go together, brings the files. Run by Jython (Python 2.7) inside the
configurator, which defines Module, Database and Variables; also valid Python 3."""
import os
import sys

sys.path.append(os.path.join(Module.getPath(), "config"))

import sys_wss_files as wss_files
import sys_wss_options as wss_options
import sys_wss_rules as wss_rules

WSS_HELP = "sys_wss_pic32mzw1"

# Everything that a rule may look at.
WSS_ALL = [option.name for option in wss_options.OPTIONS if option.kind != "menu"] + wss_rules.FOREIGN

# Dependencies of module.py that not every configuration has, and who brings what they want.
WSS_OPTIONAL = [
    ("sysWss_SYS_COMMAND", "sys_command", wss_options.WITH_CONSOLE),
    ("sysWss_DNSC", "tcpipDns", wss_options.WITH_NAMES),
    ("sysWss_net_pres", "net_Pres", wss_options.ON_NET_PRES),
]

WSS_COMPONENTS = ["tcpipStack", "tcpipTcp", "sys_time", "sys_console", "lib_crypto", "lib_wolfcrypt"]


def wssForeign(name):
    component, symbol = name.split(".")
    if Database.getComponentByID(component) is None:
        return None
    return Database.getSymbolValue(component, symbol)


def wssValues(component, names):
    """What these options, and symbols of other components, say now."""
    return dict((name, wssForeign(name) if "." in name else component.getSymbolValue(name)) for name in names)


def wssFollow(symbol, names, change):
    """Calls change(symbol, values) now, and whenever one of these has changed."""
    def update(symbol, event):
        change(symbol, wssValues(symbol.getComponent(), names))

    update(symbol, None)
    if names:
        symbol.setDependencies(update, names)


# ------------------------------------------------------------------------------ symbols

def wssCreate(component, option, menu):
    if option.kind == "boolean":
        symbol = component.createBooleanSymbol(option.name, menu)
    elif option.kind == "integer":
        symbol = component.createIntegerSymbol(option.name, menu)
        symbol.setMin(option.low)
        symbol.setMax(option.high)
    elif option.kind == "string":
        symbol = component.createStringSymbol(option.name, menu)
    elif option.kind == "combo":
        symbol = component.createComboSymbol(option.name, menu, option.choices)
    else:
        symbol = component.createMenuSymbol(option.name, menu)
    symbol.setLabel(option.label)
    symbol.setHelp(WSS_HELP)
    if option.kind != "menu":
        symbol.setDescription(option.text)
        symbol.setDefaultValue(option.default)
    return symbol


def wssCreateOptions(component, root):
    symbols = {}
    for option in wss_options.OPTIONS:
        symbols[option.name] = wssCreate(component, option, symbols.get(option.menu))
    if not wss_files.has_mbedtls(root):
        symbols["SYS_WSS_MBEDTLS"].setDefaultValue(wss_options.PROJECT)
        symbols["SYS_WSS_MBEDTLS"].setReadOnly(True)
    return symbols


def wssShow(symbol, condition):
    wssFollow(symbol, condition.names, lambda symbol, values: symbol.setVisible(condition.holds(values)))


def wssTell(component, name, sentence_of):
    """A comment with the sentence of the moment, which is hidden where that is empty."""
    def change(symbol, values):
        sentence = sentence_of(values)
        symbol.setLabel(sentence)
        symbol.setVisible(sentence != "")

    wssFollow(component.createCommentSymbol(name, None), WSS_ALL, change)


def wssComplaint(rule):
    def sentence_of(values):
        sentence = rule.check(values)
        return "!!! " + sentence + " !!!" if sentence else ""

    return sentence_of


def wssHeapSentence(values):
    return "Its sockets take %d bytes of the heap of the TCP/IP stack" % wss_rules.stack_heap(values)


def wssKeep(symbol, value_of):
    """A hidden symbol for the templates, whose value follows the options."""
    symbol.setVisible(False)
    symbol.setDefaultValue(value_of(wssValues(symbol.getComponent(), WSS_ALL)))
    wssFollow(symbol, WSS_ALL, lambda symbol, values: symbol.setValue(value_of(values)))


def wssCreateResults(component):
    for rule in wss_rules.RULES:
        wssTell(component, "SYS_WSS_COMPLAINT_" + rule.name, wssComplaint(rule))
    wssTell(component, "SYS_WSS_HEAP", wssHeapSentence)
    wssKeep(component.createStringSymbol("SYS_WSS_PROBLEMS", None),
            lambda values: "; ".join(wss_rules.problems(values)))
    wssKeep(component.createIntegerSymbol("SYS_WSS_TLS_POOL_SIZE", None), wss_rules.pool_size)
    wssKeep(component.createIntegerSymbol("SYS_WSS_TLS_FRAGMENT", None), wss_rules.max_fragment)
    wssKeep(component.createBooleanSymbol("SYS_WSS_MBEDTLS_TLS", None), wss_options.mbedtls_does_tls)
    wssKeep(component.createBooleanSymbol("SYS_WSS_PRES_TLS", None), wss_options.net_pres_does_tls)


# -------------------------------------------------------------------------------- files

def wssBring(component, file, configuration):
    name = (file.folder + file.output).upper()
    symbol = component.createFileSymbol("SYS_WSS_" + "".join(c if c.isalnum() else "_" for c in name), None)
    symbol.setSourcePath(file.source)
    symbol.setOutputName(file.output)
    if file.folder.startswith("config/"):
        symbol.setDestPath(file.folder[len("config/"):])
        symbol.setProjectPath("config/" + configuration + file.folder[len("config"):])
    else:
        symbol.setDestPath("../../" + file.folder)
        symbol.setProjectPath(file.folder)
    symbol.setType("SOURCE" if file.output.endswith(".c") else "HEADER")
    symbol.setMarkup(file.rendered)
    symbol.setOverwrite(not file.kept)
    wssFollow(symbol, file.when.names, lambda symbol, values: symbol.setEnabled(file.when.holds(values)))


def wssContribute(component, template, where):
    name = "SYS_WSS_" + template.upper().replace(".", "_") + "_LIST"
    symbol = component.createFileSymbol(name, None)
    symbol.setType("STRING")
    symbol.setOutputName(where)
    symbol.setSourcePath("templates/system/" + template + ".ftl")
    symbol.setMarkup(True)


def wssInclude(component, folders):
    symbol = component.createSettingSymbol("SYS_WSS_INCLUDE_FOLDERS", None)
    symbol.setCategory("C32")
    symbol.setKey("extra-include-directories")
    symbol.setValue(";".join(folders))
    symbol.setAppend(True, ";")


# ---------------------------------------------------------------- the configurator's calls

def instantiateComponent(component):
    root = Module.getPath()
    configuration = Variables.get("__CONFIGURATION_NAME")
    Database.activateComponents(["HarmonyCore"])
    Database.sendMessage("HarmonyCore", "ENABLE_SYS_COMMON", {"isEnabled": True})
    symbols = wssCreateOptions(component, root)
    for option in wss_options.OPTIONS:
        wssShow(symbols[option.name], option.when)
    wssCreateResults(component)
    for file in wss_files.files(root):
        wssBring(component, file, configuration)
    for template, where in wss_files.FRAGMENTS:
        wssContribute(component, template, where)
    wssInclude(component, wss_files.include_folders(root, configuration))
    for dependency, provider, condition in WSS_OPTIONAL:
        wssConnect(component, dependency, provider, condition)


def wssConnect(component, dependency, provider, condition):
    """Turns a dependency on and off; its provider is brought and stays."""
    def change(symbol, values):
        wanted = condition.holds(values)
        symbol.getComponent().setDependencyEnabled(dependency, wanted)
        if wanted:
            wssActivate([provider])

    symbol = component.createBooleanSymbol(dependency.upper() + "_WANTED", None)
    symbol.setVisible(False)
    wssFollow(symbol, condition.names, change)


def wssActivate(ids):
    missing = [id for id in ids if Database.getComponentByID(id) is None]
    if missing:
        Database.activateComponents(missing)


def finalizeComponent(component):
    """Once all is there: brings what it stands on, with the hardware's random numbers."""
    wssActivate(WSS_COMPONENTS)
    for name in (wss_rules.CRYPTO_HARDWARE, wss_rules.CRYPTO_RANDOM, wss_rules.CRYPTO_RANDOM_HARDWARE):
        library, symbol = name.split(".")
        if Database.getSymbolValue(library, symbol) is False:
            Database.setSymbolValue(library, symbol, True)


def handleMessage(messageID, args):
    """Other components may set the options."""
    if messageID != "SET_SYMBOL":
        return {"Return": "UnImplemented Command"}
    Database.setSymbolValue(args["Component"], args["Id"], args["Value"])
    return {"Return": "Success"}


def destroyComponent(component):
    Database.sendMessage("HarmonyCore", "ENABLE_SYS_COMMON", {"isEnabled": False})
