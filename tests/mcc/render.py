# SPDX-License-Identifier: MIT
"""Renders projects by FreeMarker, as the configurator does. Runs in Jython, which is what its
scripts run in:

    jython -J-cp freemarker.jar tests/mcc/render.py <requests.json >files.json

A request is {"package": FOLDER, "core": FOLDER, "others": {...}, "options": {...}}; the answer to it
{path: text} of the files that are made of templates, seen from the project's src/ folder.
"""
from __future__ import print_function

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from configurator import Project, path_of
from freemarker.template import Configuration, TemplateExceptionHandler
from java.io import File, StringWriter
from java.lang import Boolean, Integer
from java.util import HashMap

MYPY = False
if MYPY:
    from typing import Any, Dict

CORE = ("configuration.h", "definitions.h", "initialization.c", "tasks.c", "user.h")


def java(value):
    # type: (Any) -> Any
    """The value as the configurator gives it to templates."""
    if isinstance(value, dict):
        found = HashMap()
        for name, inner in value.items():
            found.put(name, java(inner))
        return found
    if isinstance(value, bool):
        return Boolean(value)
    return Integer(value) if isinstance(value, int) else value


def render(folder, name, model):
    # type: (str, str, Any) -> str
    settings = Configuration(Configuration.VERSION_2_3_23)
    settings.setDirectoryForTemplateLoading(File(folder))
    settings.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER)
    settings.setLogTemplateExceptions(False)
    writer = StringWriter()
    settings.getTemplate(name, "UTF-8").process(model, writer)
    return str(writer.toString())


def project_of(request):
    # type: (Dict[str, Any]) -> Project
    project = Project(request["package"], request["others"])
    for name, value in request["options"]:
        project.set(name, value)
    return project


def files_of(request):
    # type: (Dict[str, Any]) -> Dict[str, str]
    project = project_of(request)
    model = java(project.model())
    lists = HashMap()
    made = {}
    for file in project.outputs():
        if not file.markup:
            continue
        text = render(request["package"], file.source, model)
        if file.type == "STRING":
            name = file.output.split(".")[1]
            lists.put(name, (lists.get(name) or "") + text)
        else:
            made[path_of(file)] = text
    model.put("core", lists)
    for name in CORE:
        made["config/default/" + name] = render(request["core"], name + ".ftl", model)
    return made


print(json.dumps([files_of(request) for request in json.load(sys.stdin)]))
