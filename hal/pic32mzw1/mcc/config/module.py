# SPDX-License-Identifier: MIT
"""What this package brings to the Harmony configurator: one component. Run by Jython (Python 2.7)
inside the configurator, which defines Module; also valid Python 3."""


def loadModule():
    component = Module.CreateComponent(
        "sysWssPic32mzw1", "WEB SOCKET SERVICE", "/Wireless/System Services/", "config/sys_wss.py")
    component.setDisplayType("WebSocket System Service")
    # Id, capability, its name, whether any provider will do, whether it is needed. The script
    # turns the last three on and off.
    component.addDependency("sysWss_TCP", "TCP", None, True, True)
    component.addDependency("sysWss_SYS_TIME", "SYS_TIME", None, True, True)
    component.addDependency("sysWss_LIB_CRYPTO", "LIB_CRYPTO", None, True, True)
    component.addDependency("sysWss_SYS_CONSOLE", "SYS_CONSOLE", None, False, True)
    component.addDependency("sysWss_SYS_COMMAND", "SYS_COMMAND", None, True, True)
    component.addDependency("sysWss_DNSC", "DNSC", None, True, True)
    component.addDependency("sysWss_net_pres", "net_pres", None, True, True)
