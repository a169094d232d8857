"""Models, figures, symbols and graphs: scikit-learn, scipy, matplotlib, sympy, networkx and others."""

from table import Row

LEARN = "import numpy as np, sklearn"

ROWS = [
    Row(
        "fitted models and pipelines",
        """
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler, FunctionTransformer
        from sklearn.linear_model import LogisticRegression
        from sklearn.ensemble import RandomForestClassifier
        from sklearn.base import BaseEstimator, TransformerMixin
        x = np.random.default_rng(0).random((200, 4))
        y = (x[:, 0] > 0.5).astype(int)
        class Doubler(TransformerMixin, BaseEstimator):
            def __init__(self, by=2): self.by = by
            def fit(self, x, y=None): self.fitted_ = True; return self
            def transform(self, x): return x * self.by
        p = make_pipeline(Doubler(3), FunctionTransformer(lambda x: x + 1), StandardScaler(), LogisticRegression()).fit(x, y)
        forest = RandomForestClassifier(5, random_state=0).fit(x, y)
        before, scores = p.predict_proba(x), forest.predict_proba(x)
        """,
        """
        (p.predict_proba(x) == before).all() and p.steps[0][1].by == 3
        type(p.steps[0][1]) is Doubler
        (forest.predict_proba(x) == scores).all() and len(forest.estimators_) == 5
        p.get_params()['doubler__by'] == 3
        """,
        imports=LEARN,
        how={
            name: "imported"
            for name in (
                *("make_pipeline", "StandardScaler", "FunctionTransformer", "LogisticRegression"),
                *("RandomForestClassifier", "BaseEstimator", "TransformerMixin"),
            )
        },
    ),
    Row(
        "what scikit-learn loads",
        """
        from sklearn.datasets import load_iris, load_digits
        iris, digits = load_iris(as_frame=True), load_digits()
        """,
        """
        iris.data.shape == (150, 4) and iris['target'][0] == 0 and type(iris).__name__ == 'Bunch'
        digits.images.shape == (1797, 8, 8) and digits.data.base is digits.images.base
        """,
        imports=LEARN,
        how={"load_iris": "imported", "load_digits": "imported"},
    ),
    Row(
        "sparse matrices and what scipy makes",
        """
        from scipy import sparse, interpolate, stats, spatial
        m = sparse.csr_matrix(([1.0, 2.0], ([0, 2], [1, 0])), shape=(3, 2))
        c = sparse.coo_array(np.eye(3))
        f = interpolate.CubicSpline([0, 1, 2], [0, 1, 4])
        d = stats.norm(loc=1, scale=2)
        tree = spatial.cKDTree(np.random.default_rng(0).random((50, 2)))
        near = tree.query([0.5, 0.5])
        """,
        """
        m.toarray().tolist() == [[0, 1], [0, 0], [2, 0]] and c.sum() == 3
        float(f(1.5)) == float(f(1.5)) and d.mean() == 1
        tree.query([0.5, 0.5]) == near
        """,
        imports="import numpy as np",
        how={name: "imported" for name in ("sparse", "interpolate", "stats", "spatial")},
    ),
    Row(
        "figures",
        """
        fig, ax = plt.subplots()
        line, = ax.plot([1, 2], [3, 4], label='l')
        ax.set_title('T')
        other = plt.figure('named')
        plt.plot([5, 6])
        plt.figure(fig.number)
        lone = matplotlib.figure.Figure()
        """,
        """
        plt.get_fignums() == [1, 2] and plt.figure(1) is fig and fig.axes[0] is ax
        ax.lines[0] is line and ax.get_title() == 'T'
        plt.get_figlabels() == ['', 'named'] and plt.gcf() is fig and plt.gca() is ax
        lone.axes == []
        > fig.savefig('out.png'); plt.figure('named'); plt.title('more')
        other.axes[0].get_title() == 'more' and plt.get_fignums() == [1, 2]
        line.get_label() == 'l'
        """,
        imports="import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt",
    ),
    Row(
        "figures that no name stands for",
        "plt.plot([1, 2]); plt.title('open')",
        """
        plt.get_fignums() == [1] and plt.gca().get_title() == 'open'
        plt.gca().lines[0].get_xdata().tolist() == [0, 1]
        """,
        imports="import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt",
    ),
    Row(
        "settings of matplotlib's",
        """
        plt.rcParams['lines.linewidth'] = 9; plt.style.use('ggplot'); rc = plt.rcParams
        cmap = plt.get_cmap('viridis')
        """,
        """
        plt.rcParams['lines.linewidth'] == 9 and rc is plt.rcParams and plt.rcParams['axes.grid']
        cmap(0.5) == plt.get_cmap('viridis')(0.5)
        """,
        imports="import matplotlib; matplotlib.use('agg'); import matplotlib.pyplot as plt",
    ),
    Row(
        "symbols and expressions",
        """
        x, y = sp.symbols('x y', positive=True)
        e = sp.sin(x) ** 2 + y / 3
        f = sp.Function('f')
        eq = sp.Eq(f(x).diff(x), f(x))
        m = sp.Matrix([[1, x], [y, 2]])
        fast = sp.lambdify(x, sp.sin(x) + 1, 'math')
        class Own(sp.Function):
            nargs = 1
        """,
        """
        e.subs({x: 0, y: 3}) == 1 and e.free_symbols == {x, y}
        x is sp.Symbol('x', positive=True) and m.det() == 2 - x * y
        sp.dsolve(eq).lhs == f(x) and fast(0) == 1 and Own(x).func is Own
        """,
        imports="import sympy as sp",
    ),
    Row(
        "graphs",
        """
        g = nx.path_graph(4)
        g.add_edge('a', 0, weight=2.5)
        g.graph['note'] = [1]
        d = nx.DiGraph(g)
        view = g.subgraph([0, 1])
        nodes = g.nodes
        """,
        """
        g.edges['a', 0]['weight'] == 2.5 and g.graph == {'note': [1]}
        nx.shortest_path(g, 'a', 3) == ['a', 0, 1, 2, 3]
        d.is_directed() and set(view) == {0, 1}
        > g.remove_node('a')
        'a' not in nodes and list(g.adj[0]) == [1]
        """,
        imports="import networkx as nx",
    ),
    Row(
        "pictures, delayed work and what is compiled",
        """
        image = Image.new('RGB', (3, 2), (1, 2, 3))
        lazy = dask.delayed(pow)(2, 3)
        job = joblib.delayed(len)([1])
        @numba.njit
        def fast(n):
            return n + 1
        fast(1)
        """,
        """
        image.getpixel((2, 1)) == (1, 2, 3) and lazy.compute(scheduler='sync') == 8
        job[0](*job[1]) == 1 and fast(2) == 3
        """,
        imports="from PIL import Image; import dask, joblib, numba",
    ),
    Row(
        "trees that boost",
        """
        x = np.random.default_rng(0).random((500, 3))
        y = x[:, 0]
        model = lgb.train({'verbose': -1, 'num_threads': 1}, lgb.Dataset(x, y), 3)
        before = model.predict(x)
        """,
        "(model.predict(x) == before).all() and model.num_trees() == 3",
        imports="import lightgbm as lgb, numpy as np",
    ),
]
