"""Libraries with threads of their own, which a plain fork breaks; for `endurance.py`."""

from __future__ import annotations

import importlib

from .play import Scenario

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Library(Scenario):
    """The same result in every generation."""

    module = ""

    def open(self) -> None:
        self.library: Any = importlib.import_module(self.module)
        self.prepare()
        self.expected = self.compute()

    def prepare(self) -> None: ...

    def compute(self) -> object: ...

    def use(self) -> None:
        result = self.compute()
        assert result == self.expected, (result, self.expected)


class NumPy(Library):
    module = "numpy"

    def prepare(self) -> None:
        self.matrix = self.library.random.default_rng(0).random((500, 500))

    def compute(self) -> object:
        return round(float((self.matrix @ self.matrix).sum()), 3)


class Polars(Library):
    module = "polars"

    def prepare(self) -> None:
        self.frame = self.library.DataFrame({"key": [i % 100 for i in range(100000)], "value": range(100000)})

    def compute(self) -> object:
        grouped = self.frame.lazy().group_by("key").agg(self.library.col("value").sum())
        return grouped.collect()["value"].sum()


class PyArrow(Library):
    module = "pyarrow"

    def prepare(self) -> None:
        self.table = self.library.table(
            {"key": [i % 100 for i in range(100000)], "value": list(range(100000))}
        )

    def compute(self) -> object:
        return self.table.group_by("key").aggregate([("value", "sum")]).num_rows


class DuckDB(Library):
    module = "duckdb"

    def prepare(self) -> None:
        self.connection = self.library.connect()
        self.connection.execute("set threads=4")
        self.connection.execute("create table t as select i % 1000 k, i v from range(300000) r(i)")

    def compute(self) -> object:
        return self.connection.execute("select count(*) from (select k, sum(v) from t group by k)").fetchone()


class Torch(Library):
    module = "torch"

    def prepare(self) -> None:
        self.library.manual_seed(0)
        self.matrix: Any = self.library.rand(300, 300, requires_grad=True)

    def compute(self) -> object:
        matrix: Any = self.matrix
        matrix.grad = self.library.zeros(300, 300)
        (matrix @ matrix).relu().sum().backward()
        return round(float(matrix.grad.sum()), 0)


class Jax(Library):
    module = "jax"

    def prepare(self) -> None:
        self.function = self.library.jit(lambda matrix: (matrix @ matrix).sum())

    def compute(self) -> object:
        return float(self.function(self.library.numpy.ones((400, 400))))


class XGBoost(Library):
    module = "xgboost"

    def prepare(self) -> None:
        import numpy  # pyright: ignore[reportMissingImports]

        self.inputs = numpy.random.default_rng(0).random((3000, 5))

    def compute(self) -> object:
        data = self.library.DMatrix(self.inputs, self.inputs[:, 0])
        model = self.library.train({"nthread": 2, "tree_method": "hist"}, data, 3)
        return round(float(model.predict(data).sum()), 1)


class ScikitLearn(Library):
    module = "sklearn"

    def prepare(self) -> None:
        import numpy  # pyright: ignore[reportMissingImports]

        self.inputs = numpy.random.default_rng(0).random((4000, 8))
        self.outputs = (self.inputs[:, 0] > 0.5).astype(int)

    def compute(self) -> object:
        ensemble = importlib.import_module("sklearn.ensemble")
        model = ensemble.HistGradientBoostingClassifier(max_iter=8, random_state=0)
        return model.fit(self.inputs, self.outputs).score(self.inputs, self.outputs)


LIBRARIES = {each.__name__: each for each in Library.__subclasses__()}
